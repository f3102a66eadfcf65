"""Yes or no where values, years, names or words decide: what a claim says of them against what the text says.

A claim with an amount that stands nowhere in the document cannot be true as it is put; one with the amount, years and
names of the very sentence that answers it is. Everything between is left open. Each judge looks at one thing and says
"yes", "no" or None; the first that is certain decides.
"""

from __future__ import annotations

from collections.abc import Callable

from assistant.answering.support.judges import days, figures, forces, limits, parties, places, wordings
from assistant.answering.support.judges.stated import Stated
from assistant.language.files import either, words_of

JUDGES: tuple[Callable[[Stated], str | None], ...] = (
    limits.by_period,
    limits.by_fraction,
    limits.by_only,
    limits.by_bound,
    limits.by_any_money,
    figures.by_number_behind,
    figures.by_rank,
    figures.by_total,
    figures.by_number_in_all,
    figures.by_amount_each_year,
    figures.by_two_years,
    figures.by_trend,
    days.by_day,
    days.by_season,
    forces.by_validity,
    figures.by_year,
    figures.by_money_of_another,
    figures.by_money,
    figures.by_place_of_number,
    figures.by_count,
    figures.by_number_alone,
    figures.by_number_word,
    places.by_place,
    places.by_outside,
    parties.by_company,
    parties.by_taking_part,
    parties.by_other_of_kind,
    wordings.by_country,
    wordings.by_contrast,
    wordings.by_agreement,
    wordings.by_denial_within,
    forces.by_force,
    forces.by_owner,
    forces.by_future,
    forces.by_direction,
    parties.by_cleft,
    parties.by_step_begun,
    wordings.by_order,
    wordings.by_exchange,
)
OTHER = {"yes": "no", "no": "yes"}


def decided(stated: Stated) -> str | None:
    """Return "yes" or "no"; None where neither is certain, or where something is denied."""
    # "With nobody else" denies company, not what is claimed.
    said_of_all = either("claim", "alone").sub(" ", stated.lowered)
    if words_of("collect", stated.language).asks["negated"].search(said_of_all):
        return OTHER.get(limits.by_any_money(stated) or "")
    said = next((said for judge in JUDGES if (said := judge(stated))), None)
    return None if said == "yes" and stated.hedged else said
