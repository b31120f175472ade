"""A payment provider over HTTP; fulfils `domain.ports.PaymentProvider`.

Nothing that moves money is ever sent twice by itself: not by the frame (`may_repeat=False`), not here. What an answer that
cannot be understood means for the money is nobody's guess: it raises, and whoever asked asks what became of the number.
A payment code is in no log and in no problem.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.data import to_json
from carcheck_desktop.base.messages import Problem, Severity
from carcheck_desktop.domain.payment import OrderState, ProviderTold
from carcheck_desktop.gateways.centre import Centre, Line
from carcheck_desktop.gateways.errors import GatewayError, NotReachedError, ProfileError
from carcheck_desktop.gateways.exchange import Limits, Where
from carcheck_desktop.gateways.payment.profile import CHANNEL, PayCode, PaymentProfile
from carcheck_desktop.gateways.reading import cleaned, decoded, meanwhile_of, misshapen, plain_text, value_at

if TYPE_CHECKING:
    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.gateways.circuit import Health

PATIENCE = Limits(connect_s=1.0, whole_s=5.0)
"""A provider asks a bank in between: what takes longer is asked about again instead of waited for."""
LONGEST_REF = 64
MOST_FEN = 100_000_00
REFUSALS = {
    PayCode.CODE_EXPIRED: "gateways.payment.code_expired",
    PayCode.NOT_ENOUGH: "gateways.payment.not_enough",
}


class HttpProvider:
    """One provider; asked from one event loop, any number of questions at once."""

    def __init__(
        self, profile: PaymentProfile, url: str, station_code: str, clock: Clock, *, is_training: bool, **tempo: float
    ) -> None:
        _refuse_unsigned(profile, is_training=is_training)
        self._profile = profile
        self._station_code = station_code
        self._is_training = is_training
        limits = Limits(tempo.pop("connect_s", PATIENCE.connect_s), tempo.pop("whole_s", PATIENCE.whole_s))
        probe = to_json({profile.ask.method: profile.methods.probe}).encode()
        line = Line(Where(CHANNEL, url.rstrip("/") + profile.path), profile.name, probe)
        self._centre = Centre(line, clock, limits, **tempo)

    @property
    def name(self) -> str:
        """The profile's name; in training a code that the catalogues have words for."""
        return "gateways.simulated.provider" if self._is_training else self._profile.name

    @property
    def health(self) -> Health:
        """How the provider's address does; asks nobody."""
        return self._centre.health

    def is_unreached(self, error: Exception) -> bool:
        """Say whether nothing of the question came to the provider."""
        return isinstance(error, NotReachedError)

    async def pay(self, order: str, amount_fen: int, code: str) -> ProviderTold:
        """Ask once for money; raises `GatewayError` when what came of it is not known."""
        ask = self._profile.ask
        values: dict[str, str | int] = {ask.order: order, ask.amount_fen: amount_fen, ask.code: code}
        return await self._asked(self._profile.methods.pay, values, order)

    async def query(self, order: str) -> ProviderTold:
        """Ask what became of an order."""
        return await self._asked(self._profile.methods.query, {self._profile.ask.order: order}, order)

    async def close_order(self, order: str) -> ProviderTold:
        """Close an order for good; a paid one says that it is paid."""
        return await self._asked(self._profile.methods.close, {self._profile.ask.order: order}, order)

    async def refund(self, order: str, refund: str, amount_fen: int) -> ProviderTold:
        """Ask for money to go back; raises `GatewayError` when what came of it is not known."""
        ask = self._profile.ask
        values: dict[str, str | int] = {ask.order: order, ask.refund: refund, ask.amount_fen: amount_fen}
        return await self._asked(self._profile.methods.refund, values, order, refund)

    async def query_refund(self, order: str, refund: str) -> ProviderTold:
        """Ask what became of a refund."""
        ask = self._profile.ask
        return await self._asked(
            self._profile.methods.query_refund, {ask.order: order, ask.refund: refund}, order, refund
        )

    async def close(self) -> None:
        """Stop asking in the background."""
        await self._centre.close()

    async def _asked(self, method: str, values: dict[str, str | int], order: str, refund: str = "") -> ProviderTold:
        ask = self._profile.ask
        question = {ask.method: method, ask.station: self._station_code, **values}
        content = await self._centre.ask(to_json(question).encode(), may_repeat=False)
        secrets = [str(values[ask.code])] if ask.code in values else []
        return self._read(content, order, refund, secrets)

    def _read(self, content: bytes, order: str, refund: str, secrets: list[str]) -> ProviderTold:
        places = self._profile.answer
        answer = decoded(content, places.encodings, CHANNEL)
        simulated = value_at(answer, places.simulated)
        if bool(simulated) is not self._is_training:
            wrong = "gateways.payment.simulated" if simulated else "gateways.payment.not_simulated"
            raise GatewayError(wrong, host=self.health.host)
        code = plain_text(value_at(answer, places.code))
        if code is None:
            raise misshapen(CHANNEL, places.code, content)
        said = cleaned(plain_text(value_at(answer, places.said)) or "", secrets)
        means = self._profile.codes.get(code)
        if means is PayCode.ANSWERED:
            return self._state(answer, content, order, refund)
        if means is PayCode.UNKNOWN:
            return ProviderTold(OrderState.UNKNOWN, simulated=bool(simulated))
        if means in REFUSALS:
            problem = Problem(REFUSALS[means], {"said": said}, Severity.WARNING)
            return ProviderTold(OrderState.REFUSED, simulated=bool(simulated), problem=problem)
        # a used number, a fault, a code of tomorrow: what is true of the money is not in this answer
        shown = cleaned(code, ())[:12]
        raise GatewayError("gateways.payment.cannot_say", code=shown, said=said, meanwhile=meanwhile_of(CHANNEL))

    def _state(self, answer: dict[str, object], content: bytes, order: str, refund: str) -> ProviderTold:
        places = self._profile.answer
        told_order, told_refund = (plain_text(value_at(answer, place)) for place in (places.order, places.refund))
        if told_order != order or (refund and told_refund != refund):
            raise GatewayError("gateways.payment.another", meanwhile=meanwhile_of(CHANNEL))
        state = self._profile.states.get(plain_text(value_at(answer, places.state)) or "")
        if state is None:
            raise misshapen(CHANNEL, places.state, content)
        taken_fen = _amount(value_at(answer, places.amount_fen))
        if state is OrderState.PAID and taken_fen is None:
            raise misshapen(CHANNEL, places.amount_fen, content)
        ref = (plain_text(value_at(answer, places.ref)) or "")[:LONGEST_REF]
        problem = Problem("gateways.payment.declined", {}, Severity.WARNING) if state is OrderState.REFUSED else None
        return ProviderTold(state, taken_fen, ref if ref.isprintable() else "", self._is_training, problem)


def _amount(value: object) -> int | None:
    """Return an amount in fen; None for what is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST_FEN else None


def _refuse_unsigned(profile: PaymentProfile, *, is_training: bool) -> None:
    """Raise `ProfileError` in a real station: there is no store of shared secrets yet, so that every profile is unsigned."""
    if not is_training:
        detail = f"signature.kind = {profile.signature.value}: in training only"
        raise ProfileError("gateways.profile.unusable", path=f"{profile.name}/{CHANNEL}", detail=detail)
