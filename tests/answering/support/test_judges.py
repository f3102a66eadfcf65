"""Claims about the agreement: what each judge decides, what all of them leave open, and the words they go by."""

from __future__ import annotations

import pytest

from assistant.answering import Assistant, Question, Status
from assistant.answering.support.claims import acting, as_written, covers, hedged, own_words, passive, share_said
from assistant.answering.support.judges import JUDGES, OTHER, decided
from assistant.answering.support.judges.stated import Stated
from assistant.answering.support.poles import poles, without_agreed
from assistant.corpus import Document
from assistant.understanding.claim import affirmed, claim_of

SAID = {"Ja": "yes", "Yes": "yes", "Nej": "no", "No": "no"}
BY_NAME = {judge.__name__: judge for judge in JUDGES}
# What the sentences that claims are judged by have in Danish.
MOVED, PRESENTED, SET_ASIDE = "I alt 659", "Regeringen præsenterede", "Regeringen har afsat 400"
DECLINE, WIND, STUDIOS = "Med aftale om Vækst", "I 2015 udarbejdede", "Udvikling af More Creative"
APPLE, GOAL, DATA, MARKET = "Apple projektet", "de 19 kommuner", "Energistyrelsen stiller", "markedet ikke selv"
CALL, SUMMIT, GERMANY, PANEL = "opfordrer Staten", "årligt fødevaretopmøde", "Mûnchen", "Bioøkonomipanel"
INVITE, GROUP, STRATEGY = "vil derfor invitere", "tværministeriel", "strategi og handlingsplan"
CIRCULAR = "EU Kommissionens cirkulære økonomipakke fra 2015("
REVIEW = "Af regeringsgrundlaget fremgår"
SITES, STANDARDS = "4-8 testpladser", "internationale branchestandarder"
ANALYSIS, CAPITAL = "Afventer analyse", "uden for Hovedstadsområdet"


def stated(
    assistant: Assistant, agreement: Document, said: str, claim: str, language: str, believed: bool = False
) -> Stated:
    row = next(row for row in assistant.library.rows(agreement.id) if said in row.span.quote)
    facts, analyzer = assistant.library.register(agreement.id), assistant.searcher.analyzer
    return Stated(claim, row, facts, analyzer, language, believed)


def verdict(assistant: Assistant, text: str) -> str | None:
    return SAID.get(assistant.ask(Question(text)).text.partition(":")[0])


CLAIMS = [
    ("by_number_in_all", MOVED, "da", "I alt flyttes 162 statslige arbejdspladser til regionen", "no"),
    ("by_number_in_all", MOVED, "en", "A total of 84 state jobs are being relocated to the region", "no"),
    ("by_number_in_all", MOVED, "en", "A total of 659 state jobs are being relocated to the region", None),
    ("by_bound", MOVED, "da", "Civilstyrelsen får mindst 84 arbejdspladser", "yes"),
    ("by_bound", SITES, "da", "Der etableres mindst 4 testpladser", "yes"),
    ("by_bound", SITES, "da", "Der etableres mere end 5 testpladser", None),
    ("by_bound", SITES, "en", "More than 8 test sites are established", "no"),
    ("by_bound", PRESENTED, "en", "A plan for the relocation of less than 3,900 state jobs", "yes"),
    ("by_count", SITES, "en", "The establishment of 8 test sites", None),
    ("by_exchange", PANEL, "en", "Central Jutland participates in the National Bioeconomy Panel", None),
    ("by_exchange", STANDARDS, "da", "Der udvikles internationale vindstandarder", None),
    ("by_number_word", PRESENTED, "en", "The plan to move state jobs", None),
    ("by_direction", INVITE, "en", "The invitation comes out of the Government's strategy", None),
    ("by_force", CALL, "en", "Households have to call for more broadband", None),
    ("by_future", REVIEW, "da", "Regeringen har allerede gennemført et eftersyn af erhvervsfremmeindsatsen", "no"),
    ("by_future", REVIEW, "en", "The Government will carry out a review of the business promotion effort", None),
    ("by_future", GROUP, "da", "En tværministeriel arbejdsgruppe er allerede nedsat", None),
    ("by_direction", MOVED, "en", "659 state jobs are relocated out of the region", "no"),
    ("by_direction", MOVED, "da", "659 arbejdspladser flyttes ud af regionen", "no"),
    ("by_direction", CAPITAL, "en", "State jobs are placed out of the Greater Copenhagen area", None),
    ("by_cleft", SET_ASIDE, "da", "Er det regionen, der har afsat 400 mio. kr.", "no"),
    ("by_force", CALL, "en", "The State is obliged to strengthen the broadband fund", "no"),
    ("by_force", CALL, "da", "Staten har pligt til at styrke bredbåndspuljen", "no"),
    ("by_force", CALL, "da", "Staten styrker bredbåndspuljen", None),
    ("by_force", INVITE, "da", "Regeringen er forpligtet til at samarbejde om sammenhængen", None),
    ("by_owner", CIRCULAR, "en", "The circular economy package comes from the Danish government", "no"),
    ("by_owner", CIRCULAR, "en", "The circular economy package comes from the European Commission", "yes"),
    ("by_owner", CIRCULAR, "da", "Den cirkulære økonomipakke kommer fra regeringen", "no"),
    ("by_owner", SUMMIT, "da", "Topmødet kommer fra regeringen", None),
    ("by_validity", WIND, "da", "Vindprogrammet gælder stadig i 2019", "no"),
    ("by_validity", WIND, "en", "The wind programme is still running in 2016", "yes"),
    ("by_validity", SET_ASIDE, "da", "Finansloven gælder i 2016", None),
    ("by_other_of_kind", WIND, "en", "The wind programme was made by the Ministry of Energy", "no"),
    ("by_other_of_kind", WIND, "da", "Vindprogrammet er udarbejdet af Miljøministeriet", "no"),
    ("by_total", DECLINE, "da", "Der er 24 mio. kr. i alt til områder med stærk tilbagegang", "yes"),
    ("by_total", DECLINE, "en", "Areas in severe decline get DKK 14 million in total", "no"),
    ("by_total", DECLINE, "da", "Der er 24 mio. kr. til områder med stærk tilbagegang", None),
    ("by_total", SET_ASIDE, "da", "Der er afsat 400 mio. kr. i alt til udflytningen", None),
    ("by_fraction", MOVED, "en", "More than half of the nearly 3,900 jobs go to the Central Denmark Region", "no"),
    ("by_period", WIND, "en", "The wind programme runs past the end of the agreement", "yes"),
    ("by_period", SET_ASIDE, "da", "Pengene til udflytningen rækker længere end aftaleperioden", "no"),
    ("by_period", WIND, "en", "The wind programme runs after 2016, past the agreement", None),
    ("by_period", GOAL, "da", "Målet gælder længere end aftalen", None),
    ("by_fraction", MOVED, "en", "More than half of the jobs go to Klagenævnenes Hus", "no"),
    ("by_fraction", MOVED, "da", "Mere end en tredjedel af arbejdspladserne kommer til Viborg", "yes"),
    ("by_fraction", MOVED, "da", "Under en femtedel af arbejdspladserne kommer til Civilstyrelsen", "yes"),
    ("by_fraction", MOVED, "en", "Half of the jobs go to Klagenævnenes Hus", None),
    ("by_fraction", PRESENTED, "en", "More than half of the jobs go to Viborg", None),
    ("by_agreement", SUMMIT, "da", "er det hvert år", "yes"),
    ("by_agreement", SUMMIT, "da", "er det hvert år i Herning", None),
    ("by_agreement", SUMMIT, "en", "is it every second year", None),
    ("by_year", PRESENTED, "da", "udflytningsplanen blev præsenteret i 2016", "no"),
    ("by_cleft", DATA, "da", "Er det Erhvervsstyrelsen, der skal levere dækningsdata", "no"),
    ("by_number_behind", MOVED, "da", "Klagenævnenes Hus får 162 arbejdspladser", "yes"),
    ("by_number_behind", MOVED, "en", "The Department of Civil Affairs gets 162 jobs", "no"),
    ("by_number_behind", MOVED, "da", "Klagenævnenes Hus får 84 arbejdspladser og Civilstyrelsen 162", "no"),
    ("by_number_behind", MOVED, "en", "The Department of Civil Affairs also gets 84 jobs", None),
    ("by_number_behind", MOVED, "da", "Civilstyrelsen får arbejdspladser", None),
    ("by_number_behind", STUDIOS, "en", "Game College has 84 students", None),
    ("by_only", GOAL, "da", "målet gælder kun bredbånd", "no"),
    ("by_only", MARKET, "en", "Only the Region points out areas", "no"),
    ("by_only", SET_ASIDE, "en", "Only the Government has allocated money", None),
    ("by_bound", MOVED, "da", "Civilstyrelsen får over 50 arbejdspladser", "yes"),
    ("by_bound", SET_ASIDE, "en", "More than DKK 500 million is set aside", "no"),
    ("by_bound", MOVED, "en", "The Department of Civil Affairs gets 84 jobs", None),
    ("by_any_money", DECLINE, "da", "Der er en krone til områder ramt af tilbagegang", "yes"),
    ("by_any_money", DECLINE, "en", "There is DKK 9 million and no money more", None),
    ("by_any_money", WIND, "da", "Der er en eneste krone til vindprogrammet", None),
    ("by_two_years", DECLINE, "da", "Der er flere penge i 2016 end i 2018", "yes"),
    ("by_two_years", DECLINE, "en", "There is less money in 2016 than in 2017", "no"),
    ("by_two_years", DECLINE, "en", "There is money in 2016 and 2017", None),
    ("by_rank", MOVED, "da", "Klagenævnenes Hus får flere arbejdspladser end Civilstyrelsen", "yes"),
    ("by_rank", MOVED, "en", "The Department of Civil Affairs gets the most jobs", "no"),
    ("by_rank", MOVED, "en", "The Department of Civil Affairs gets fewest of the jobs", "yes"),
    ("by_rank", STUDIOS, "en", "Game College is the largest of the schools", None),
    ("by_rank", MOVED, "da", "Civilstyrelsen får mindst 80 arbejdspladser", None),
    ("by_amount_each_year", DECLINE, "da", "Der er 9 mio. kr. hvert år til områder ramt af tilbagegang", "no"),
    ("by_amount_each_year", DECLINE, "en", "DKK 9 million is allocated in 2018 to areas in decline", "no"),
    ("by_amount_each_year", DECLINE, "da", "Der er 5 mio. kr. årligt i 2017-2019 til områder i tilbagegang", "yes"),
    ("by_amount_each_year", DECLINE, "da", "Der er ikke 5 mio. kr. årligt i 2017-2019 til områder i tilbagegang", None),
    ("by_amount_each_year", DECLINE, "en", "Areas in decline also get DKK 9 million in 2018", None),
    ("by_amount_each_year", SET_ASIDE, "da", "Der er afsat 400 mio. kr. hvert år til udflytningen", None),
    ("by_trend", DECLINE, "da", "Pengene til områder i tilbagegang stiger efter 2016", "no"),
    ("by_trend", DECLINE, "en", "The money for areas in decline drops after 2016", "yes"),
    ("by_trend", SET_ASIDE, "en", "The money for the relocation grows", None),
    ("by_trend", DECLINE, "da", "Pengene stiger og falder", None),
    ("by_day", PRESENTED, "da", "Planen blev præsenteret den 1. oktober 2015", "yes"),
    ("by_day", PRESENTED, "en", "The Government presented a plan for the relocation on 12 March 2015", "no"),
    ("by_day", PRESENTED, "en", "The plan was presented before 31 December 2015", None),
    ("by_day", SET_ASIDE, "da", "Pengene blev afsat den 1. oktober 2015", None),
    ("by_day", PRESENTED, "en", "The plan was presented on the first of October 2015", "yes"),
    ("by_season", PRESENTED, "da", "Planen for udflytning blev præsenteret i efteråret 2015", "yes"),
    ("by_season", PRESENTED, "en", "The relocation plan was presented in November 2015", "no"),
    ("by_season", PRESENTED, "en", "The relocation plan was presented in the autumn of 2016", "no"),
    ("by_season", PRESENTED, "da", "Planen blev præsenteret før foråret 2016", None),
    ("by_year", WIND, "da", "Vindprogrammet slutter i 2018", "yes"),
    ("by_year", WIND, "en", "The wind programme starts in 2016", "no"),
    ("by_year", WIND, "da", "Vindprogrammet udløber i 2019", "no"),
    ("by_year", WIND, "en", "The national programme in the wind turbine sector is debated in 2017", None),
    ("by_year", SUMMIT, "en", "The food summit starts in 2016", None),
    ("by_money", SET_ASIDE, "da", "Der er afsat 400 mio. kr. på finansloven til udflytningen", "yes"),
    ("by_money", SET_ASIDE, "en", "The Government has allocated DKK 250 million for the relocation", "no"),
    ("by_money", SET_ASIDE, "en", "More than DKK 300 million is allocated for the relocation", None),
    ("by_money", SET_ASIDE, "da", "Der er også afsat 400 mio. kr. til udflytningen", None),
    ("by_money_of_another", GOAL, "da", "Der er afsat 400 mio. kr. til bredbåndspuljen i regionen og kommunerne", "no"),
    ("by_money_of_another", SET_ASIDE, "da", "Der er afsat 400 mio. kr. på finansloven til udflytningen", None),
    ("by_money_of_another", GOAL, "da", "Bredbåndspuljen er på 200 mio. kr. for kommunerne i regionen", None),
    ("by_money", SUMMIT, "da", "Fødevaretopmødet får 10 mio. kr.", None),
    ("by_place_of_number", MOVED, "da", "659 statslige arbejdspladser flyttes til Region Midtjylland", "yes"),
    ("by_place_of_number", MOVED, "en", "84 state jobs are being relocated to Viborg", "yes"),
    ("by_place_of_number", MOVED, "en", "500 state jobs are being relocated to Viborg", "no"),
    ("by_place_of_number", MOVED, "da", "Mindst 80 statslige arbejdspladser flyttes til Viborg", None),
    ("by_place_of_number", MOVED, "da", "84 statslige arbejdspladser flyttes til Grenaa", None),
    ("by_count", GOAL, "da", "De 19 kommuner i regionen har et fælles mål", "yes"),
    ("by_count", GOAL, "en", "The 21 municipalities in the region have a shared goal", "no"),
    ("by_count", GOAL, "da", "Flere end 15 kommuner i regionen har et fælles mål", None),
    ("by_count", GOAL, "en", "There are also 19 municipalities with a shared goal in the region", None),
    ("by_count", SUMMIT, "en", "The bakers have 900 guests", None),
    ("by_number_alone", MOVED, "da", "det var 200", "no"),
    ("by_number_alone", MOVED, "en", "it was 85", "no"),
    ("by_number_alone", MOVED, "en", "it was 84", None),
    ("by_number_alone", MOVED, "da", "det var mere end 200", None),
    ("by_number_word", WIND, "da", "De fem vestdanske regioner udarbejdede programmet for vindmøllesektoren", "no"),
    ("by_number_word", SUMMIT, "en", "The annual food summit has four purposes", "no"),
    ("by_number_word", SUMMIT, "en", "The annual food summit has two purposes", None),
    ("by_number_word", WIND, "da", "Mindst to vestdanske regioner udarbejdede programmet", None),
    ("by_number_word", STUDIOS, "da", "Der er tre hoteller i Grenaa", None),
    ("by_place", STUDIOS, "da", "The Animation Workshop ligger i Viborg", "yes"),
    ("by_place", STUDIOS, "en", "Game College is in Viborg", "no"),
    ("by_place", STUDIOS, "da", "Game College ligger i Randers", "no"),
    ("by_place", APPLE, "en", "The Apple project is near Viborg", "yes"),
    ("by_place", SUMMIT, "en", "Danish Food Cluster is in Viborg", None),
    ("by_place", STUDIOS, "da", "Game College ligger også i Randers", None),
    ("by_company", WIND, "da", "Erhvervs- & Vækstministeriet har alene udarbejdet vindprogrammet", "no"),
    ("by_company", STRATEGY, "en", "The Central Denmark Region prepared the strategy and action plan on its own", "no"),
    ("by_company", WIND, "en", "The Ministry of Business and Growth prepared the national programme", None),
    ("by_company", SUMMIT, "da", "Staten betaler alene for topmødet", None),
    ("by_taking_part", WIND, "da", "de vestdanske regioner var med til at lave vindprogrammet", "yes"),
    ("by_taking_part", WIND, "en", "Did Offshoreenergy.dk help to make the wind programme", "yes"),
    ("by_taking_part", STRATEGY, "en", "all the municipalities took part in drawing up the strategy", "yes"),
    ("by_taking_part", STRATEGY, "en", "all companies took part in drawing up the strategy", None),
    ("by_taking_part", WIND, "da", "de østdanske regioner var med til at lave vindprogrammet", None),
    ("by_taking_part", PRESENTED, "da", "Regeringen var med til at lave en plan", None),
    ("by_other_of_kind", DATA, "da", "Civilstyrelsen stiller opdaterede data til rådighed", "no"),
    (
        "by_other_of_kind",
        ANALYSIS,
        "en",
        "The analysis is launched under the auspices of the Ministry of Business and Growth",
        "no",
    ),
    ("by_other_of_kind", DATA, "da", "Energistyrelsen stiller opdaterede data til rådighed", None),
    ("by_other_of_kind", DATA, "da", "Civilstyrelsen stiller også opdaterede data til rådighed", None),
    ("by_step_begun", ANALYSIS, "da", "Analysen er sat i gang i regi af Finansministeriet", "yes"),
    ("by_step_begun", ANALYSIS, "en", "The analysis is finished", None),
    ("by_step_begun", GROUP, "da", "Arbejdsgruppen er sat i gang", None),
    ("by_outside", CAPITAL, "da", "Statslige arbejdspladser skal placeres i Hovedstadsområdet", "no"),
    ("by_outside", CAPITAL, "en", "State jobs are to be placed outside Greater Copenhagen", None),
    ("by_outside", CAPITAL, "en", "The minister lives in Greater Copenhagen", None),
    ("by_country", GERMANY, "da", "Eksportfremmeindsatsen er rettet mod Sverige", "no"),
    ("by_country", GERMANY, "en", "The export promotion effort is aimed at Norway", "no"),
    ("by_country", GERMANY, "en", "The export promotion effort is aimed at Germany", None),
    ("by_country", GERMANY, "da", "Eksportfremmeindsatsen er også rettet mod Polen", None),
    ("by_country", STUDIOS, "en", "Game College trains people from Norway", None),
    ("by_contrast", SUMMIT, "da", "Der holdes et fødevaretopmøde hvert andet år", "no"),
    ("by_contrast", CALL, "en", "The Region and the municipalities want the State to abolish the broadband fund", "no"),
    ("by_contrast", GROUP, "da", "En kommunal arbejdsgruppe er nedsat", "no"),
    ("by_contrast", SUMMIT, "en", "There is to be a food summit every year", None),
    ("by_contrast", STUDIOS, "en", "Game College meets every second year", None),
    ("by_denial_within", MARKET, "da", "Markedet selv kan nå ud til disse områder", "no"),
    ("by_denial_within", MARKET, "en", "The market can itself reach these areas", "no"),
    ("by_denial_within", MARKET, "da", "Kan markedet selv nå ud til disse områder", "no"),
    ("by_denial_within", MARKET, "en", "The market cannot itself reach these areas", None),
    ("by_denial_within", CALL, "en", "The market can itself reach these areas", None),
    ("by_cleft", DATA, "da", "Er det Lego, der stiller opdaterede data til rådighed", "no"),
    ("by_cleft", DATA, "en", "Is it the Ministry of Taxation that makes updated data available", "no"),
    ("by_cleft", DATA, "en", "Is it the Danish Energy Agency that makes updated data available", None),
    ("by_cleft", SUMMIT, "da", "Er det Lego, der betaler for topmødet", None),
    ("by_order", CALL, "en", "The State calls on the Region to strengthen the broadband fund", "no"),
    ("by_order", CALL, "da", "Staten opfordrer regionen til at styrke bredbåndspuljen", "no"),
    ("by_order", INVITE, "en", "The municipalities will invite the Government to cooperate on coherence", "no"),
    ("by_order", CALL, "da", "Regionen opfordrer staten til at styrke bredbåndspuljen", None),
    ("by_order", CALL, "en", "The State only calls on the Region to strengthen the broadband fund", None),
    ("by_exchange", DATA, "en", "The Danish Tax Agency makes updated data available for broadband coverage", "no"),
    ("by_exchange", PANEL, "en", "The Central Denmark Region participates in the National Climate Panel", "no"),
    ("by_exchange", WIND, "da", "De tre østdanske regioner udarbejdede et nationalt program", "no"),
    ("by_exchange", DATA, "en", "The Danish Energy Agency makes updated data available for broadband coverage", None),
    ("by_exchange", DATA, "en", "The Danish Energy Agency makes new maps in the summer holidays", None),
]


@pytest.mark.parametrize(("judge", "sentence", "language", "claim", "said"), CLAIMS)
def test_each_judge_decides_what_it_can_be_certain_of(
    assistant: Assistant, agreement: Document, judge: str, sentence: str, language: str, claim: str, said: str | None
) -> None:
    believed = judge == "by_any_money"
    assert BY_NAME[judge](stated(assistant, agreement, sentence, claim, language, believed)) == said


@pytest.mark.parametrize("judge", BY_NAME)
def test_no_judge_goes_without_claims(judge: str) -> None:
    claims = [said for name, _, _, _, said in CLAIMS if name == judge]
    assert len(claims) > 2 and None in claims and {"yes", "no"} & set(claims)


@pytest.mark.parametrize(
    ("sentence", "language", "claim", "said"),
    [
        (STUDIOS, "da", "Game College ligger ikke i Viborg", "yes"),
        (STUDIOS, "en", "The Animation Workshop is not in Viborg", "no"),
        (MOVED, "da", "Civilstyrelsen får ikke 162 arbejdspladser", "yes"),
        (DECLINE, "en", "The money for areas in decline does not drop after 2016", "no"),
        (STUDIOS, "en", "Game College is not never in Viborg", None),
        (STUDIOS, "da", "Game College har ikke et bibliotek", None),
    ],
)
def test_a_denied_claim_is_judged_as_what_it_denies(
    assistant: Assistant, agreement: Document, sentence: str, language: str, claim: str, said: str | None
) -> None:
    denied = affirmed(claim, language)
    judged = decided(stated(assistant, agreement, sentence, denied or claim, language))
    assert (OTHER[judged] if denied and judged else judged) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Får Klagenævnenes Hus 162 arbejdspladser?", "yes"),
        ("Is it true that the Department of Civil Affairs gets 162 jobs?", "no"),
        ("Passer det, at Klagenævnenes Hus får 84 arbejdspladser og Civilstyrelsen 162?", "no"),
        ("Er det rigtigt, at Civilstyrelsen får flest arbejdspladser i Viborg?", "no"),
        ("Klagenævnenes Hus får flest arbejdspladser, ikke?", "yes"),
        ("Is it true that the Department of Civil Affairs gets the fewest jobs in Viborg?", "yes"),
        ("Is DKK 9 million set aside in 2018 for areas in decline?", "no"),
        ("Is DKK 5 million allocated in 2018 to areas hit by economic decline?", "yes"),
        ("Er det rigtigt, at der er 5 mio. kr. i 2016 til områder i tilbagegang?", "no"),
        ("Stiger beløbet til områder ramt af tilbagegang efter 2016?", "no"),
        ("Does the money for areas hit by decline drop after 2016?", "yes"),
        ("Blev planen for udflytning præsenteret den 1. oktober 2015?", "yes"),
        ("Was the relocation plan presented on 12 March 2015?", "no"),
        ("Er det rigtigt, at vindprogrammet slutter i 2017?", "no"),
        ("Begynder vindprogrammet i 2015?", "yes"),
        ("Does the national wind programme start in 2016?", "no"),
        ("Har regeringen afsat 400 mio. kr. på finansloven for 2016 til udflytningen?", "yes"),
        ("Er der afsat 1 milliard kr. til udflytning af statslige arbejdspladser?", "no"),
        ("Flyttes der 659 statslige arbejdspladser til Region Midtjylland?", "yes"),
        ("Do 659 state jobs move to Viborg?", "no"),
        ("Passer det, at der er 19 kommuner i regionen?", "yes"),
        ("Is it true that there are 21 municipalities in the region?", "no"),
        ("Har de fem vestdanske regioner udarbejdet vindprogrammet sammen med ministeriet?", "no"),
        ("Does the food summit have four purposes?", "no"),
        ("Is it true that the food summit has two purposes?", "yes"),
        ("Ligger The Animation Workshop i Viborg?", "yes"),
        ("Is the Apple project near Copenhagen?", "no"),
        ("Er Apple projektet ved Grenaa?", "no"),
        ("Did the Ministry of Business and Growth prepare the national wind programme on its own?", "no"),
        ("Er eksportindsatsen rettet mod Sverige?", "no"),
        ("Is the export promotion effort aimed at Germany?", "yes"),
        ("Skal fødevaretopmødet holdes hvert andet år?", "no"),
        ("Is the food summit to be held every year?", "yes"),
        ("Opfordrer regionen staten til at nedlægge bredbåndspuljen?", "no"),
        ("Kan markedet selv nå ud til disse områder?", "no"),
        ("Is it true that the market cannot itself reach these areas?", "yes"),
        ("Is it the Ministry of Taxation that makes updated data available for broadband coverage?", "no"),
        ("Er det Energistyrelsen, der skal stille opdaterede data til rådighed?", "yes"),
        ("Does the State call on the Region and the municipalities to strengthen the broadband fund?", "no"),
        ("Will the Government invite regions and municipalities to cooperate on strengthening coherence?", "yes"),
        ("Does the Danish Tax Agency make updated data available for broadband coverage?", "no"),
        ("Har de tre østdanske regioner været med til at lave vindprogrammet?", "no"),
        ("Passer det, at Game College ikke ligger i Grenaa?", "no"),
        ("Is it true that Game College is not in Viborg?", "yes"),
        ("Civilstyrelsen får ikke 162 arbejdspladser, vel?", "yes"),
        ("Alle de 3.900 job skal til midtjyland, ikke?", "no"),
        ("I har ikke sat så meget som en krone af til områder i tilbagegang.", "no"),
        ("Er det rigtigt, at madtopmødet skal være hvert år?", "yes"),
        ("The work group has people from more than one ministry, right?", "yes"),
        ("Regionen sidder med i Det Nationale Bioøkonomipanel, gør den ikke?", "yes"),
    ],
)
def test_yes_and_no_of_claims_that_a_sentence_decides(assistant: Assistant, text: str, said: str) -> None:
    assert verdict(assistant, text) == said


@pytest.mark.parametrize(
    "text",
    [
        "Is the broadband fund managed well?",
        "Får Viborg nye skoler?",
        "Er kommunerne tilfredse med aftalen?",
        "Will the wind programme create new jobs?",
        "Er der afsat penge til fødevaretopmødet?",
        "Is the Apple project finished?",
        "Er More Creative større end Danish Food Cluster?",
        "Is the wind programme going to be extended in 2018?",
        "Passer det, at Danish Food Cluster får 200 mio. kr.?",
        "Kommer der 84 arbejdspladser til Herning?",
        "Is Danish Food Cluster in Aarhus?",
        "Ligger Maabjerg Energy Concept i Holstebro?",
        "Betaler staten alene for fødevaretopmødet?",
        "Should the food summit be held every spring?",
        "Is it the Growth Forum that pays for the food summit?",
        "Kommer Danish Food Cluster og State of Food til at deles om ressourcerne?",
        "Are some of the 3,900 jobs going to the Central Denmark Region?",
        "Er der ikke sat en krone af til vindprogrammet?",
        "aktører grønne område",
    ],
)
def test_what_the_text_is_silent_about_gets_no_verdict(assistant: Assistant, text: str) -> None:
    assert verdict(assistant, text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Er eksportindsatsen også rettet mod Polen?",
        "Is the export promotion also aimed at France?",
        "Is there also DKK 50 million for the food cluster?",
        "Er det også Energistyrelsen, der betaler for dækningen?",
        "Får områder i tilbagegang også 5 mio. kr. i 2020?",
        "Is it true that the Appeals Boards Authority also moves 162 jobs to Aarhus?",
    ],
)
def test_what_is_claimed_to_be_so_as_well_gets_no_verdict(assistant: Assistant, text: str) -> None:
    assert verdict(assistant, text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Er der flere end 15 kommuner i regionen?", "yes"),
        ("Are more than 600 state jobs moved to the Central Denmark Region?", "yes"),
        ("Is it true that more than DKK 300 million is set aside for the relocation of state jobs?", "yes"),
        ("Er der afsat under 300 mio. kr. til udflytningen?", "no"),
        ("Får Civilstyrelsen over 50 arbejdspladser?", "yes"),
    ],
)
def test_a_bound_is_compared(assistant: Assistant, text: str, said: str) -> None:
    assert verdict(assistant, text) == said


@pytest.mark.parametrize(
    "text",
    [
        "Har mindst to regioner været med i vindprogrammet?",
        "Blev planen om udflytning fremlagt før 2. november 2015?",
        "Is more than DKK 1 million set aside in 2017 for areas in decline?",
    ],
)
def test_a_bound_gets_no_verdict(assistant: Assistant, text: str) -> None:
    assert verdict(assistant, text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Topmødet holdes hvert år", {"often": {"yearly"}}),
        ("It comes every second year", {"often": {"seldom"}}),
        ("Puljen nedlægges", {"course": {"off"}}),
        ("They strengthen the fund", {"course": {"on"}}),
        ("En tværministeriel gruppe", {"whose": {"ministerial"}, "span": {"several"}}),
        ("A municipal office and a private one", {"whose": {"municipal", "private"}}),
        ("Just under 3,900 jobs", {"degree": {"nearly"}}),
        ("I alt 659 arbejdspladser", {"sum": {"total"}}),
        ("Samtlige kommuner er med hvert år", {"extent": {"all"}, "often": {"yearly"}}),
        ("Folk fra mere end ét ministerium, ud over det almindelige", {"span": {"several"}, "reach": {"beyond"}}),
        ("Just part of it, with people from only one ministry", {"span": {"one"}, "reach": {"within"}}),
        ("Viborg og Grenaa", {}),
    ],
)
def test_poles_are_what_a_text_says_on_each_axis(text: str, found: dict[str, set[str]]) -> None:
    assert poles(text) == found


@pytest.mark.parametrize(
    ("claim", "sentence", "rest"),
    [
        ("Topmødet holdes hvert år", "et årligt topmøde", "Topmødet holdes"),
        ("The summit is held each year", "an annual food summit", "The summit is held"),
        ("Topmødet holdes hvert andet år", "et årligt topmøde", "Topmødet holdes hvert andet år"),
        ("Næsten 3.900 job flyttes", "knap 3.900 job", "3.900 job flyttes"),
        ("All the municipalities", "samtlige kommuner", "municipalities"),
        ("All the municipalities", "the town hall", "All the municipalities"),
    ],
)
def test_poles_that_a_sentence_says_as_well_are_left_out(claim: str, sentence: str, rest: str) -> None:
    assert without_agreed(claim, sentence) == rest


@pytest.mark.parametrize(
    ("text", "language", "claim"),
    [
        ("Er det rigtigt, at puljen er på 200 mio. kr.?", "da", "puljen er på 200 mio. kr"),
        ("Puljen er tom, ikke?", "da", "Puljen er tom"),
        ("min nabo siger, at puljen er tom", "da", "puljen er tom"),
        ("jeg læste at det var 700", "da", "det var 700"),
        ("Programmet udløb vel i 2016?", "da", "Programmet udløb vel i 2016"),
        ("Is it true that the fund is closed?", "en", "the fund is closed"),
        ("The fund is closed, right?", "en", "The fund is closed"),
        ("Surely the fund is empty?", "en", "the fund is empty"),
        ("The programme runs to 2018.", "en", "The programme runs to 2018"),
        ("True or false: the fund is empty.", "en", "the fund is empty"),
        ("Correct me if I'm wrong, but the fund is empty.", "en", "the fund is empty"),
        ("puljen er tom, ja el nej", "da", "puljen er tom"),
        ("Er det rigtigt erindret, at puljen er tom?", "da", "puljen er tom"),
        ("Jeg mener at have læst, at puljen er tom?", "da", "puljen er tom"),
        ("Puljen er tom. Holder det stik?", "da", "Puljen er tom"),
        ("It seems to me that the fund is empty. Is that so?", "en", "the fund is empty"),
        ("I was told that the fund is empty. Is this accurate?", "en", "the fund is empty"),
        ("I seem to recall that the fund is empty", "en", "the fund is empty"),
        ("Tema 4 afventer ansøgninger.", "da", "Tema 4 afventer ansøgninger"),
        ("Hvor stor er puljen?", "da", None),
        ("Er puljen lukket?", "da", None),
        ("Is the fund closed?", "en", None),
        ("Please show the fund", "en", None),
        ("My plumber swears Anna got a grant. True?", "en", "Anna got a grant"),
        ("Someone in my class claims up to 20 sites are planned. Is that so?", "en", "up to 20 sites are planned"),
        ("Heard from my flatmate that students may stay, true or just gossip?", "en", "students may stay"),
        ("There is a school in Skive, or am I making that up?", "en", "There is a school in Skive"),
        ("Good morning! Is there a school in Skive, going by this paper?", "en", "Is there a school in Skive"),
        ("Godmorgen! En lytter påstår, at der er en skole i Skive", "da", "der er en skole i Skive"),
        ("min nabo sier der er en skole i Skive, passer det?", "da", "der er en skole i Skive"),
        ("Der er en skole i Skive, vel? Det er da min opfattelse.", "da", "Der er en skole i Skive"),
        ("Der er en skole i Skive, eller er det bare et rygte?", "da", "Der er en skole i Skive"),
    ],
)
def test_a_claim_is_what_its_frame_holds(text: str, language: str, claim: str | None) -> None:
    assert claim_of(text, language) == claim


@pytest.mark.parametrize(
    ("claim", "language", "positive"),
    [
        ("Skolen ligger ikke i Viborg", "da", "Skolen ligger i Viborg"),
        ("puljen er slet ikke lukket", "da", "puljen er lukket"),
        ("The school is not in Viborg", "en", "The school is in Viborg"),
        ("The summit is never held", "en", "The summit is held"),
        ("The school is in Grenaa", "en", None),
        ("it is not never closed", "en", None),
        ("det er ikke sandt, at den ikke er der", "da", None),
        ("Er skolen ikke i Viborg?", "da", None),
        ("Is it not in Viborg?", "en", None),
    ],
)
def test_what_one_word_of_denial_denies_is_affirmed(claim: str, language: str, positive: str | None) -> None:
    assert affirmed(claim, language) == positive


@pytest.mark.parametrize(
    ("claim", "language", "written"),
    [
        ("der er 19 komuner i Midtjyland", "da", "der er 19 kommuner i midtjylland"),
        ("ministeriet i Denmark", "en", "ministeriet i Denmark"),
        ("regional regions", "en", "regional regions"),
    ],
)
def test_a_long_word_with_one_letter_wrong_is_read_as_the_text_has_it(claim: str, language: str, written: str) -> None:
    assert as_written(claim, ["kommuner", "midtjylland", "ministerier", "danmark", "denmark"], language) == written


@pytest.mark.parametrize(
    ("claim", "sentence", "may"),
    [
        ("They share resources", "They support each other and possibly share resources.", True),
        ("They may share resources", "They support each other and possibly share resources.", False),
        ("De deler ressourcer", "De støtter hinanden og evt. deler ressourcer.", True),
        ("De støtter hinanden", "De støtter hinanden. I god tid mødes de evt. igen.", False),
    ],
)
def test_what_only_may_be_is_not_certain(assistant: Assistant, claim: str, sentence: str, may: bool) -> None:
    language = "da" if sentence.startswith("De") else "en"
    assert hedged(claim, sentence, assistant.searcher.analyzer, language) is may


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("The fund is supported by the State", True),
        ("The State supports the fund", False),
        ("Puljen støttes af staten", True),
        ("Staten støtter puljen", False),
    ],
)
def test_who_acts_stands_last_in_the_passive(text: str, last: bool) -> None:
    assert passive(text) is last


def test_who_does_what_to_whom_has_an_order(assistant: Assistant) -> None:
    one, other = (
        acting(text, assistant.searcher.analyzer, "en") for text in ("State asks Region", "Region asks State")
    )
    assert len(one) == len(other) == 1 and one != other


@pytest.mark.parametrize(
    ("claim", "own"),
    [
        ("the State pays for it", ["state", "pays"]),
        ("is it about 700", []),
        ("staten betaler 300 kr.", ["staten", "betaler"]),
    ],
)
def test_words_of_a_claim_are_those_that_can_make_it_wrong(claim: str, own: list[str]) -> None:
    assert own_words(claim) == own


@pytest.mark.parametrize(
    ("claim", "said", "whole"),
    [
        ("the summit is annual", "an annual food summit", True),
        ("the summit is cheap", "an annual food summit", False),
        ("the Government", "the Government and the Region", False),
        ("700", "700 jobs", False),
    ],
)
def test_a_claim_is_covered_where_all_words_of_its_own_are_said(
    assistant: Assistant, claim: str, said: str, whole: bool
) -> None:
    assert covers(claim, said, assistant.searcher.analyzer, "en") is whole


def test_a_sentence_that_is_believed_needs_fewer_words_for_yes(assistant: Assistant, agreement: Document) -> None:
    claim = "659 er det samlede antal statslige stillinger, som Midtjylland modtager"
    judged = [decided(stated(assistant, agreement, MOVED, claim, "da", believed)) for believed in (True, False)]
    assert judged == ["yes", None]


def test_a_claim_of_which_the_nearest_sentence_says_nothing_is_left_open(assistant: Assistant) -> None:
    answer = assistant.ask(
        "Jeg har hørt, at biblioteket i Silkeborg får hurtigere net på grund af aftalen. Stemmer det?"
    )
    assert answer.status is Status.NOT_IN_SOURCE and answer.closest[0].section == "tema-9"


def test_a_general_name_in_the_heading_is_said(assistant: Assistant, agreement: Document) -> None:
    claim = "the Finance Act for 2016 set aside 400 million kroner for moving the state posts"
    assert stated(assistant, agreement, SET_ASIDE, claim, "en", believed=True).names_fit


def test_the_share_of_a_claim_that_is_said_counts_its_own_words(assistant: Assistant) -> None:
    assert share_said("the annual summit is cheap", "an annual summit", assistant.searcher.analyzer, "en") == 2 / 3
