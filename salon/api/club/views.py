"""Calls about wallets and member cards."""

from typing import Any

from flask_login import current_user

from ...appointments.queries import today_of
from ...club.cards.queries import customer_of_swipe
from ...club.cards.services import issue_card
from ...club.models import MemberCard
from ...club.wallet.queries import wallet_of
from ...club.wallet.rules import Wallet
from ...core.db import transaction
from ...core.jalali import local_date
from ...core.pages import present, settings
from ...core.permissions import Permission, requires
from ...customers.queries import customer
from ..calls import Calls
from . import schemas as s

calls = Calls("club", __name__, "Wallets and member cards.")


@calls.get("/customers/<key:customer_id>/wallet")
@calls.answers(200, s.WalletSchema, not_found=404, customer_unknown=404)
@requires(Permission.CLUB_VIEW)
def wallet(customer_id: int) -> Wallet:
    """What a customer has in the club."""
    return wallet_of(customer(customer_id).id, present())


@calls.post("/customers/<key:customer_id>/cards")
@calls.takes(s.CardSwipeSchema, example=s.SWIPE)
@calls.answers(
    201,
    s.CardSchema,
    not_found=404,
    customer_unknown=404,
    card_taken=409,
    invalid=422,
    card_unreadable=422,
    bank_card=422,
)
@requires(Permission.CARDS_ISSUE)
def create_card(asked: dict[str, Any], customer_id: int) -> MemberCard:
    """Issue the swiped card to a customer."""
    with transaction():
        return issue_card(
            customer_id=customer_id,
            raw=asked["raw"],
            card_key=settings().card_key,
            actor=current_user,
            now=present(),
        )


@calls.post("/swipes")
@calls.takes(s.SwipeSchema, example=s.SWIPE)
@calls.answers(200, s.SwipedSchema, card_unknown=404, invalid=422, card_unreadable=422, bank_card=422)
@requires(Permission.DESK_VIEW)
def swipe(asked: dict[str, Any]) -> dict[str, Any]:
    """Open the customer whose card was swiped."""
    now = present()
    customer_id = customer_of_swipe(asked["raw"], settings().card_key)
    return {
        "customer": customer(customer_id),
        "wallet": wallet_of(customer_id, now),
        "appointments_today": today_of(customer_id, local_date(now)),
    }
