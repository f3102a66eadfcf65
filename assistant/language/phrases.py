"""The assistant's own sentences, in both languages; whatever the agreement says is quoted, not written here."""

from __future__ import annotations

PHRASES: dict[str, dict[str, str]] = {
    "da": {
        "actors": "Involverede aktører ud over Vækstforum i {section}: {values}",
        "next step": "Næste skridt for {section}: {values}",
        "no owner": "Aftalen udpeger ikke én ejer eller ansvarlig.",
        "status": "Status: {values}",
        "expanded": "{pairs} (almindelig viden, ikke fra aftalen).",
        "initials": "Aftalen forklarer ikke initialerne {names}.",
        "short form": "Aftalen forklarer ikke, hvad {name} står for. Almindelig viden, ikke fra aftalen: {meaning}.",
        "short initials": "Aftalen forklarer ikke, hvad {name} står for, så jeg gætter ikke.",
        "across actors": "{name} er nævnt som aktør i {count}: {list}",
        "across next step": "{count} afventer noget: {list}",
        "across draft": "I {count} skal Vækstforum udarbejde udkast: {list}",
        "all themes": "Aftalen har {count}: {list}",
        "theme": "1 tema",
        "themes": "{n} temaer",
        "and": "og",
        "yes": "Ja",
        "no": "Nej",
        "not in source": "Det står ikke i aftalen.",
        "missing": "Aftalen nævner ikke {words}.",
        "lacks": "Aftalen nævner {kind} i {subject}.",
        "not sure": "Jeg er ikke sikker på, at aftalen svarer på det. Det nærmeste, jeg finder, står i {subject}.",
        "off topic": "Jeg kan kun svare på, hvad der står i {document}.",
        "contact": "Spørg {contact}.",
        "clarify number": "»{reference}« kan betyde flere ting i aftalen, fordi rækkenumre, temaer og bilagsdele ikke følges ad: {readings}. Hvilket mener du?",
        "clarify annex": "»{reference}« i bilaget uddyber {theme}, ikke {other}. Hvilket af de to mener du?",
        "no such": "Aftalen har ikke noget, der hedder »{reference}«. Den har {choice}.",
        "no words": "Skriv dit spørgsmål med ord, for eksempel: {example}",
        "reading": "{label}, {title}",
        "row reading": "række {row}: {label}, {title}",
        "unsupported": "Jeg svarer kun på dansk og engelsk. Stil gerne spørgsmålet igen på et af de to sprog. "
        "(I answer in Danish and English only.)",
        "hello": "Hej! Spørg mig om {document}, så svarer jeg med det sted i aftalen, hvor det står.",
        "thanks": "Det var så lidt. Spørg endelig videre om aftalen.",
        "bye": "Farvel, og tak for besøget.",
        "about": "Jeg søger i {document} og viser ordret, hvor svaret står. Jeg er ikke en sprogmodel og finder ikke på noget.",
        "ask next": "Hvad er næste skridt for {label} ({title})?",
        "ask actors": "Hvem er involveret i {label} ({title})?",
        "ask overview": "Hvad handler {label} ({title}) om?",
        "ask annex": "Hvad siger {label} ({title})?",
        "empty annex": "{label} ({title}) har ingen tekst. Emnet er beskrevet i {theme}.",
        "no_such_document": "Der er ikke noget dokument med den betegnelse. Se dem, der er, under /api/documents.",
        "empty": "Skriv et spørgsmål, og send det igen.",
        "too_long": "Spørgsmålet er for langt. Skriv det med højst 500 tegn.",
        "control_characters": "Spørgsmålet indeholder styretegn, der ikke kan læses. Skriv det igen uden dem.",
        "surrogates": "Spørgsmålet indeholder ødelagte tegn. Skriv det igen.",
        "personal_data": "Spørgsmålet ligner noget med et CPR-nummer eller en e-mailadresse. Fjern det, og spørg igen. Intet er gemt.",
    },
    "en": {
        "actors": "Actors involved besides the Growth Forum in {section}: {values}",
        "next step": "Next step for {section}: {values}",
        "no owner": "The agreement names no single owner or person responsible.",
        "status": "Status: {values}",
        "expanded": "{pairs} (general knowledge, not from the agreement).",
        "initials": "The agreement does not explain the initials {names}.",
        "short form": "The agreement does not explain what {name} stands for. General knowledge, not from the agreement: {meaning}.",
        "short initials": "The agreement does not explain what {name} stands for, so I do not guess.",
        "across actors": "{name} is named as an actor in {count}: {list}",
        "across next step": "{count} awaiting something: {list}",
        "across draft": "In {count}, the Growth Forum is to prepare a draft: {list}",
        "all themes": "The agreement has {count}: {list}",
        "theme": "1 theme",
        "themes": "{n} themes",
        "and": "and",
        "yes": "Yes",
        "no": "No",
        "not in source": "The agreement does not say.",
        "missing": "The agreement does not mention {words}.",
        "lacks": "The agreement names {kind} in {subject}.",
        "not sure": "I am not sure that the agreement answers this. The closest I can find is in {subject}.",
        "off topic": "I can only answer from {document}.",
        "contact": "Please ask {contact}.",
        "clarify number": "“{reference}” can mean several things in the agreement, because row numbers, themes and annex parts do not match: {readings}. Which one do you mean?",
        "clarify annex": "“{reference}” in the annex elaborates {theme}, not {other}. Which of the two do you mean?",
        "no such": "The agreement has nothing called “{reference}”. It has {choice}.",
        "no words": "Please write your question in words, for example: {example}",
        "reading": "{label}, {title}",
        "row reading": "row {row}: {label}, {title}",
        "unsupported": "I answer in Danish and English only. Please ask again in one of the two. "
        "(Jeg svarer kun på dansk og engelsk.)",
        "hello": "Hello! Ask me about {document}, and I answer with the place in the agreement that says it.",
        "thanks": "You are welcome. Do ask on about the agreement.",
        "bye": "Goodbye, and thank you for your visit.",
        "about": "I search {document} and show word for word where the answer stands. I am not a language model and make nothing up.",
        "ask next": "What is the next step for {label} ({title})?",
        "ask actors": "Who is involved in {label} ({title})?",
        "ask overview": "What is {label} ({title}) about?",
        "ask annex": "What does {label} ({title}) say?",
        "empty annex": "{label} ({title}) has no text. The subject is described in {theme}.",
        "no_such_document": "There is no document of that id. Those that there are stand under /api/documents.",
        "empty": "Write a question and send it again.",
        "too_long": "The question is too long. Write it in 500 characters at most.",
        "control_characters": "The question holds control characters that cannot be read. Write it again without them.",
        "surrogates": "The question holds broken characters. Write it again.",
        "personal_data": "The question looks as if it holds a CPR number or an e-mail address. Remove it and ask again. Nothing was stored.",
    },
}
# What a refusal says is missing, by the kind of thing asked for.
MISSING: dict[str, dict[str, str]] = {
    "da": {
        "amount": "ikke noget sådant beløb",
        "count": "ikke noget sådant antal",
        "date": "ikke noget sådant tidspunkt",
        "place": "ikke noget sådant sted",
        "measure": "ikke noget sådant mål",
        "payer": "ikke, hvem der betaler,",
        "contact": "ingen kontaktoplysninger",
        "owner": "ingen bestemt ansvarlig",
        "reason": "ikke nogen sådan begrundelse",
        "who": "ingen i den rolle",
        "actors": "ingen involverede aktører",
        "next step": "ikke noget næste skridt",
        "other": "ikke det, du spørger om,",
    },
    "en": {
        "amount": "no such amount",
        "count": "no such number",
        "date": "no such time",
        "place": "no such place",
        "measure": "no such measure",
        "payer": "nobody who pays",
        "contact": "no contact details",
        "owner": "no particular person responsible",
        "reason": "no such reason",
        "who": "nobody in that role",
        "actors": "no actors involved",
        "next step": "no next step",
        "other": "nothing of what you ask",
    },
}


def phrase(key: str, language: str, **values: str) -> str:
    """Return the assistant's sentence of that key in "da" or "en", filled in."""
    return PHRASES[language][key].format(**values)


def missing(kind: str, language: str) -> str:
    """Return the words for a thing of this kind that the text does not state."""
    return MISSING[language].get(kind, MISSING[language]["other"])


def problem(code: str, language: str) -> str:
    """Return the sentence for a QuestionError code, saying how to mend the question."""
    return PHRASES[language][code]
