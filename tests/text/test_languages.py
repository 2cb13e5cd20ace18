"""Speakers in German, French and Spanish: word orders, titles, pronouns, what is nobody, and what a note says."""

import pandas as pd
import pytest

import pastepot as pp
from pastepot.text.quotations import find_quotations
from pastepot.text.speakers import LANGUAGES, Span, attribute_in_language

SPOKEN = [
    ("fr", "Le maire, Paul Giraud, a répondu : « Nous ne fermerons pas cette école cette année. »", "Paul Giraud"),
    ("fr", "« Nous ne fermerons pas cette école », a répondu le maire, Paul Giraud.", "Paul Giraud"),
    ("fr", "« Nous ne fermerons pas cette école », a répondu le maire Paul Giraud lundi.", "Paul Giraud"),
    ("fr", "« Nous ne fermerons pas cette école », dit-elle.", "elle"),
    ("fr", "« Nous ne fermerons pas cette école », a-t-il ajouté.", "il"),
    ("fr", "« Nous ne fermerons pas cette école », selon Mme Roux.", "Roux"),
    ("fr", "« Nous ne fermerons pas cette école », affirme M. Giraud, maire de Brelle.", "Giraud"),
    ("fr", "« Nous ne fermerons pas cette école », explique la ministre de la Mer.", "la ministre de la Mer"),
    ("fr", "Paul Giraud, maire de Brelle, a déclaré que « cette école ne fermera pas ».", "Paul Giraud"),
    ("fr", "Paul Giraud : « Nous ne fermerons pas cette école. »", "Paul Giraud"),
    ("fr", "Il a ajouté : « Nous ne fermerons pas cette école. »", "Il"),
    ("fr", "« Nous ne fermerons pas cette école », a toutefois précisé l'adjointe au maire.", "l'adjointe"),
    ("de", "„Wir schließen diese Schule nicht“, sagte Anna Weber.", "Anna Weber"),
    ("de", "„Wir schließen diese Schule nicht“, sagte die Bürgermeisterin Anna Weber am Montag.", "Anna Weber"),
    ("de", "„Wir schließen diese Schule nicht“, sagte Bürgermeisterin Anna Weber.", "Anna Weber"),
    ("de", "„Wir schließen diese Schule nicht“, so Herr Weber.", "Weber"),
    ("de", "„Wir schließen diese Schule nicht“, sagte sie.", "sie"),
    ("de", "„Wir schließen diese Schule nicht“, hat Anna Weber gesagt.", "Anna Weber"),
    ("de", "Anna Weber erklärte: „Wir schließen diese Schule nicht.“", "Anna Weber"),
    ("de", "Am Montag sagte Anna Weber: „Wir schließen diese Schule nicht.“", "Anna Weber"),
    ("de", "Die Bürgermeisterin, Anna Weber, betonte: „Wir schließen diese Schule nicht.“", "Anna Weber"),
    ("de", "Weber: „Wir schließen diese Schule nicht.“", "Weber"),
    ("de", "»Wir schließen diese Schule nicht«, warnte der Sprecher der Polizei.", "der Sprecher der Polizei"),
    ("de", "„Wir schließen diese Schule nicht“, meint Ursula von der Aue.", "Ursula von der Aue"),
    ("es", "«No vamos a cerrar esta escuela», dijo Ana Ruiz.", "Ana Ruiz"),
    ("es", "“No vamos a cerrar esta escuela”, ha dicho la alcaldesa, Ana Ruiz.", "Ana Ruiz"),
    ("es", "“No vamos a cerrar esta escuela”, aseguró el presidente Juan Soto durante el acto.", "Juan Soto"),
    ("es", "«No vamos a cerrar esta escuela», según la Sra. Ruiz.", "Ruiz"),
    ("es", "«No vamos a cerrar esta escuela», dijo ella.", "ella"),
    ("es", "Ana Ruiz, alcaldesa de Brea, respondió: «No vamos a cerrar esta escuela».", "Ana Ruiz"),
    ("es", "El alcalde afirmó que «no vamos a cerrar esta escuela nunca».", "El alcalde"),
    ("es", "«No vamos a cerrar esta escuela», explica Ana Ruiz, alcaldesa de Brea.", "Ana Ruiz"),
    ("fr", "La pancarte « Nous ne fermerons pas cette école » est restée.", ""),
    ("de", "Das Schild „Wir schließen diese Schule nicht“ blieb hängen.", ""),
    ("es", "El cartel «No vamos a cerrar esta escuela» sigue allí.", ""),
    ("de", "„Wir schließen diese Schule nicht“, teilte die Schule mit.", "die Schule"),
    ("de", "Weber sagte: „Ja.“ „Wir schließen diese Schule nicht“, fragte Otto Kranz.", "Otto Kranz"),
]
LONG = {
    "German": (
        "Die Bürgermeisterin kam am Montag in die Schule und sprach mit den Eltern, die dort seit Wochen auf "
        "eine Antwort warten. „Wir schließen diese Schule nicht“, sagte Anna Weber. Die Eltern jubelten, und "
        "der Hausmeister kam."
    ),
    "Italian": (
        "Il sindaco è arrivato lunedì alla scuola e ha parlato con i genitori che aspettano da settimane "
        "davanti al cancello della vecchia scuola. «Non chiuderemo questa scuola», ha detto Anna Riva. I "
        "genitori hanno applaudito."
    ),
    "English": (
        "The mayor came to the school on Monday and spoke with the parents who have waited for weeks at the "
        "gate of the old school. “We will not close this school,” said Anna Reeve. The parents cheered for a "
        "long while."
    ),
}


@pytest.mark.parametrize(("language", "text", "speaker"), SPOKEN)
def test_a_quotation_has_the_speaker_that_its_language_names(language, text, speaker):
    spans = [Span(row.start, row.end, row.flag, row.words) for row in find_quotations(text)]
    row = attribute_in_language(text, spans, language)[-1]
    assert row.speaker == speaker
    assert not speaker or text[row.start : row.end] == speaker
    assert not speaker or text[row.cue_start :].startswith(row.cue)


def test_no_word_is_both_a_verb_of_speech_and_a_word_beside_it():
    for lists in LANGUAGES.values():
        verbs = lists["verbs"].split()
        assert len(verbs) == len(set(verbs))
        assert not set(verbs) & {*lists["stops"].split(), *lists["aside"].split(), *lists["binding"].split()}


def table(name, *texts):
    return getattr(pp, name)(pp.read(pd.DataFrame({"text": texts})))


@pytest.mark.parametrize("name", ["quotations", "attributions", "sources"])
def test_a_note_says_which_articles_are_in_another_language(name):
    german, italian = LONG["German"], LONG["Italian"]
    assert table(name, LONG["English"]).attrs.get("note", "") == ""
    assert table(name, german, LONG["English"]).attrs["note"] == (
        "The text of 1 of 2 articles with quotations is German, in which speakers of quotations are looked for, and "
        "indirect speech is not."
    )
    assert table(name, italian).attrs["note"] == (
        "The text of 1 of 1 article with quotations is Italian, whose verbs of speech Pastepot doesn’t know."
    )


def test_a_pronoun_of_another_language_is_the_person_named_before_it():
    text = LONG["German"] + " „Wir bleiben hier bei euch“, sagte sie."
    assert table("sources", text)[["source", "statements"]].to_numpy().tolist() == [["Anna Weber", 2]]


def test_a_short_text_is_tried_in_each_language_and_a_stated_language_wins():
    text = "Le maire, Paul Giraud, a répondu : « Nous ne fermerons pas cette école cette année. »"
    assert table("sources", text)[["source", "source_kind"]].to_numpy().tolist() == [["Paul Giraud", "named"]]
    stated = pp.read(pd.DataFrame({"text": [text], "lang": ["it"]}))
    assert "Italian" in pp.quotations(stated).attrs["note"]
