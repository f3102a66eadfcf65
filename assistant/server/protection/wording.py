"""Titles and sentences of the problem details, in Danish and English."""

from __future__ import annotations

# code -> language -> (title, what to do)
WORDING: dict[str, dict[str, tuple[str, str]]] = {
    "bad_request": {
        "da": (
            "Forespørgslen kan ikke læses",
            "Ret forespørgslen efter beskrivelsen i /openapi.json, og send den igen.",
        ),
        "en": (
            "The request cannot be read",
            "Mend the request after the description in /openapi.json and send it again.",
        ),
    },
    "invalid_json": {
        "da": ("Indholdet er ikke gyldig JSON", 'Send et JSON-objekt i UTF-8, for eksempel {"message": "…"}.'),
        "en": ("The body is not valid JSON", 'Send one JSON object in UTF-8, for example {"message": "…"}.'),
    },
    "too_deep": {
        "da": ("JSON-indholdet er for dybt indlejret", "Send et fladt JSON-objekt som beskrevet i /openapi.json."),
        "en": ("The JSON is nested too deeply", "Send a flat JSON object as described in /openapi.json."),
    },
    "duplicate_field": {
        "da": ("Et felt står to gange", "Send hvert felt én gang."),
        "en": ("A field stands twice", "Send each field once."),
    },
    "not_found": {
        "da": ("Siden findes ikke", "Kontrollér adressen, eller begynd på forsiden /."),
        "en": ("There is no such page", "Check the address, or start from the front page /."),
    },
    "unknown_document": {
        "da": ("Dokumentet findes ikke", "Se hvilke dokumenter der findes, på /api/documents."),
        "en": ("There is no such document", "See which documents there are at /api/documents."),
    },
    "unknown_place": {
        "da": ("Stedet findes ikke", "Angiv to tegnpositioner i dokumentets tekst, den mindste først."),
        "en": ("There is no such place", "Give two offsets into the document's text, the smaller one first."),
    },
    "unknown_model": {
        "da": ("Modellen findes ikke", "Se hvilke modeller der findes, på /v1/models."),
        "en": ("There is no such model", "See which models there are at /v1/models."),
    },
    "unsupported": {
        "da": (
            "Det understøttes ikke",
            'Fjern det, som "field" nævner. Der svares med tekst og kilder, uden værktøjer, billeder og lyd.',
        ),
        "en": (
            "This is not supported",
            'Leave out what "field" names. Answers are text with sources, without tools, pictures and sound.',
        ),
    },
    "no_question": {
        "da": ("Der er intet spørgsmål", 'Lad den sidste besked have rollen "user" og indeholde spørgsmålet.'),
        "en": ("There is no question", 'Let the last message have the role "user" and hold the question.'),
    },
    "no_key": {
        "da": ("Nøglen mangler eller er forkert", "Send en gyldig nøgle som Authorization: Bearer <nøgle>."),
        "en": ("The key is missing or wrong", "Send a valid key as Authorization: Bearer <key>."),
    },
    "unknown_origin": {
        "da": ("Siden må ikke spørge her", "Bed den, der driver tjenesten, om at tilføje sidens adresse."),
        "en": ("This page may not ask here", "Have those who run the service add the page's origin."),
    },
    "method_not_allowed": {
        "da": ("Metoden kan ikke bruges her", "Brug en af de metoder, som headeren Allow nævner."),
        "en": ("This method cannot be used here", "Use one of the methods that the Allow header names."),
    },
    "too_large": {
        "da": ("Forespørgslen er for stor", "Udelad de ældste beskeder; /openapi.json viser grænsen."),
        "en": (
            "The request is too large",
            "Leave out the oldest turns; /openapi.json shows the limit.",
        ),
    },
    "unsupported_media_type": {
        "da": ("Indholdstypen understøttes ikke", "Send indholdet som Content-Type: application/json i UTF-8."),
        "en": ("The content type is not supported", "Send the body as Content-Type: application/json in UTF-8."),
    },
    "not_an_object": {
        "da": ("Indholdet er ikke et objekt", 'Send et JSON-objekt, for eksempel {"message": "…"}.'),
        "en": ("The body is not an object", 'Send a JSON object, for example {"message": "…"}.'),
    },
    "missing_field": {
        "da": ("Et felt mangler", 'Tilføj det felt, som "field" nævner.'),
        "en": ("A field is missing", 'Add the field that "field" names.'),
    },
    "unknown_field": {
        "da": ("Et felt er ukendt", 'Fjern det felt, som "field" nævner; /openapi.json viser de kendte.'),
        "en": ("A field is unknown", 'Remove the field that "field" names; /openapi.json shows the known ones.'),
    },
    "wrong_type": {
        "da": ("Et felt har en forkert type", 'Ret det felt, som "field" nævner, efter /openapi.json.'),
        "en": ("A field has the wrong type", 'Mend the field that "field" names after /openapi.json.'),
    },
    "wrong_value": {
        "da": ("Et felt har en værdi, der ikke kan bruges", "Vælg en af de værdier, som /openapi.json viser."),
        "en": ("A field has a value that cannot be used", "Choose one of the values that /openapi.json shows."),
    },
    "too_many": {
        "da": ("Listen er for lang", "Send højst det antal, som /openapi.json viser; udelad de ældste."),
        "en": ("The list is too long", "Send at most as many as /openapi.json shows; leave out the oldest."),
    },
    "field_too_long": {
        "da": ("Et felt er for langt", 'Forkort det felt, som "field" nævner; /openapi.json viser grænsen.'),
        "en": ("A field is too long", 'Shorten the field that "field" names; /openapi.json shows the limit.'),
    },
    "question": {
        "da": ("Spørgsmålet kan ikke besvares, som det er sendt", "Omskriv spørgsmålet."),
        "en": ("The question cannot be answered as sent", "Rephrase the question."),
    },
    "too_many_requests": {
        "da": ("For mange spørgsmål på kort tid", "Vent det antal sekunder, som Retry-After nævner, og spørg igen."),
        "en": ("Too many questions in a short time", "Wait as many seconds as Retry-After says and ask again."),
    },
    "internal": {
        "da": (
            "Der skete en fejl i tjenesten",
            "Prøv igen. Sker det igen, så oplys request_id til den, der driver tjenesten.",
        ),
        "en": ("The service failed", "Try again. If it happens again, give request_id to those who run the service."),
    },
    "not_ready": {
        "da": ("Tjenesten er ikke klar", "Indekset er ved at blive gjort klar. Prøv igen om lidt."),
        "en": ("The service is not ready", "The index is being made ready. Try again shortly."),
    },
    "away": {
        "da": ("Tjenesten er afbrudt et øjeblik", "Vent det antal sekunder, som Retry-After nævner, og spørg igen."),
        "en": ("The service is interrupted for a moment", "Wait as many seconds as Retry-After says and ask again."),
    },
    "busy": {
        "da": ("Tjenesten er overbelastet", "Vent det antal sekunder, som Retry-After nævner, og spørg igen."),
        "en": ("The service is overloaded", "Wait as many seconds as Retry-After says and ask again."),
    },
    "other": {
        "da": (
            "Forespørgslen kan ikke udføres",
            "Ret forespørgslen efter beskrivelsen i /openapi.json, og send den igen.",
        ),
        "en": ("The request cannot be carried out", "Mend the request after /openapi.json and send it again."),
    },
}

BY_STATUS = {
    400: "bad_request",
    401: "no_key",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unsupported_media_type",
    429: "too_many_requests",
    500: "internal",
    503: "busy",
}
