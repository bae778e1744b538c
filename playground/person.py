"""A person in Slack, as tests and the page drive one: every act makes Slack's payload and sends it to the bot."""

from dataclasses import dataclass, field
from typing import Any

from playground import forms, modals, response_urls, screen, submission
from playground.delivery.courier import Courier
from playground.delivery.parcel import Answer, Parcel
from playground.limits import violations
from playground.payloads import Payloads, event_callback
from playground.records import Channel, Ephemeral, Json, Message, Surface, User, View, Workspace
from playground.store import Store
from playground.submission import BotMistake

_SENT_AT_ONCE = frozenset({"section", "actions"})
"""Blocks whose elements tell the bot of every choice; those in an input block wait for the form."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What an act came to."""

    answer: Answer | None = None
    """What the bot answered; None where Slack's client sent nothing."""
    error: str = ""
    """What the person is told went wrong: `operation_timeout` or `dispatch_failed`."""
    shown: Message | Ephemeral | None = None
    """The message that the answer itself became."""
    errors: dict[str, str] = field(default_factory=dict)
    """Beside the inputs of a form: block_id → sentence."""

    @property
    def ok(self) -> bool:
        return not self.error and not self.errors


class Person:
    def __init__(self, store: Store, courier: Courier, base_url: str, workspace: Workspace, user: User) -> None:
        self._store = store
        self._courier = courier
        self._payloads = Payloads(store, base_url, workspace, user)
        self._workspace = workspace
        self.user = user

    # What the person sees

    @property
    def modal(self) -> View | None:
        """The modal in front."""
        return modals.top(self._store, self.user.id)

    @property
    def home(self) -> View | None:
        return self._store.views.get(self._store.homes.get(self.user.id, ""))

    @property
    def dm(self) -> Channel:
        return self._store.open_dm(self._workspace.id, self.user.id)

    @property
    def messages(self) -> list[Message]:
        """What the bot said in the DM and did not delete, oldest first."""
        known = self._store.dm_with(self._workspace.id, self.user.id)
        all_of_them = self._store.messages_in(known.id) if known else []
        return [message for message in all_of_them if message.user == self._workspace.bot_user_id]

    @property
    def ephemerals(self) -> list[Ephemeral]:
        return [one for one in self._store.ephemerals if one.user == self.user.id and not one.deleted]

    async def wait_for_message(self, containing: str = "", *, timeout: float = 5.0) -> Message:  # noqa: ASYNC109
        """The newest message of the bot whose words contain this."""
        found = await self._store.wait_for(
            lambda: [one for one in self.messages if containing in f"{one.text}\n{screen.words(one)}"], timeout
        )
        return found[-1]

    async def wait_for_modal(self, *, timeout: float = 5.0) -> View:  # noqa: ASYNC109
        found = await self._store.wait_for(lambda: self.modal, timeout)
        assert found is not None
        return found

    # What the person does

    async def command(self, command: str, text: str = "", *, channel: str = "") -> Reply:
        """Type a slash command, in the DM with the bot unless another conversation is named."""
        where = self._store.channels[channel] if channel else self.dm
        answer = await self._courier.deliver(
            Parcel(kind="slash_commands", payload=self._payloads.command(command, text, where))
        )
        if not answer.acknowledged:
            return self._failed(answer)
        return Reply(answer=answer, shown=self._shown(answer.body, where.id))

    async def click(
        self, on: Surface, *, action_id: str = "", label: str = "", block_id: str = "", value: Any = None
    ) -> Reply:
        """Press a button. Several with one action id: `value`, `label` or `block_id` says which."""
        spot = screen.find(
            on, action_id=action_id, label=label, block_id=block_id, value=value, types=frozenset({"button"})
        )
        return await self._act(on, screen.action(spot))

    async def select(self, on: Surface, key: str, value: Any) -> Reply:
        """Choose or enter a value, and tell the bot where Slack would: not from an input block, unless it dispatches.

        `key` is an action id, a block id or a label.
        """
        return await self.choose(on, screen.find_input(on, key), value)

    async def choose(self, on: Surface, spot: screen.Spot, value: Any) -> Reply:
        """As `select`, for an element that is known already."""
        block, element = spot
        chosen = forms.value_object(element, value)
        if element["type"] != "overflow":
            self.held(on)[block["block_id"]][element["action_id"]] = chosen
        if block["type"] in _SENT_AT_ONCE or block.get("dispatch_action"):
            return await self._act(on, screen.action(spot, chosen))
        return Reply()

    def held(self, on: Surface) -> Json:
        """What stands in the inputs of a surface for this person: block_id → action_id → value object."""
        if isinstance(on, View):
            return on.state
        on.states[self.user.id] = forms.initial_state(on.blocks, on.states.get(self.user.id))
        return on.states[self.user.id]

    def fill(self, view: View, values: dict[str, Any]) -> None:
        """Enter values without sending anything; keys as in `select`."""
        for key, value in values.items():
            block, element = screen.find_input(view, key)
            view.state[block["block_id"]][element["action_id"]] = forms.value_object(element, value)

    async def submit(self, view: View, values: dict[str, Any] | None = None) -> Reply:
        """Fill in and send. Where Slack's client itself refuses a value, nothing is sent: `errors` says what.

        BotMistake where the bot's answer is not one that Slack takes.
        """
        if not view.is_open or not view.payload.get("submit"):
            raise screen.NotOnScreen(f"no open form to submit: {view.title!r}")
        self.fill(view, values or {})
        view.errors = forms.problems(view.blocks, view.state)
        if view.errors:
            return Reply(errors=view.errors)
        answer = await self._interact(self._payloads.view_submission(view))
        if not answer.acknowledged:
            return self._failed(answer)
        submission.apply(self._store, view, answer.body)
        self._store.changed()
        return Reply(answer=answer, errors=view.errors)

    async def close_view(self, view: View, *, all_of_them: bool = False) -> Reply:
        """Cancel a modal, or the whole stack; the bot hears of it where the view asked for that."""
        cleared = all_of_them or bool(view.payload.get("clear_on_close"))
        if cleared:
            modals.clear(self._store, self.user.id)
        else:
            modals.pop(self._store, view)
        self._store.changed()
        if not view.payload.get("notify_on_close"):
            return Reply()
        return self._done(await self._interact(self._payloads.view_closed(view, is_cleared=cleared)))

    async def suggest(self, on: Surface, key: str, typed: str) -> list[Json]:
        """The options the bot offers while somebody types in an external select."""
        return await self.suggestions(on, screen.find_input(on, key), typed)

    async def suggestions(self, on: Surface, spot: screen.Spot, typed: str) -> list[Json]:
        """As `suggest`, for an element that is known already."""
        block, element = spot
        payload = self._payloads.block_suggestion(on, block["block_id"], element["action_id"], typed)
        body = (await self._interact(payload)).body
        if not isinstance(body, dict) or not ("options" in body or "option_groups" in body):
            raise BotMistake(f"not an answer to a suggestion: {body!r}")
        if "options" in body:
            return list(body["options"])
        return [option for group in body["option_groups"] for option in group["options"]]

    async def shortcut(self, callback_id: str) -> Reply:
        return self._done(await self._interact(self._payloads.shortcut(callback_id)))

    async def message_shortcut(self, callback_id: str, message: Message) -> Reply:
        return self._done(await self._interact(self._payloads.message_shortcut(callback_id, message)))

    async def send_dm(self, text: str, *, thread_ts: str = "") -> Reply:
        """Write to the bot."""
        message = self.write(self.dm, text, thread_ts=thread_ts)
        return await self.event(
            "message",
            user=self.user.id,
            channel=message.channel,
            channel_type="im",
            text=text,
            ts=message.ts,
            team=self._workspace.id,
            client_msg_id=self._store.new_id("m"),
            **({"thread_ts": thread_ts} if thread_ts else {}),
        )

    def write(self, channel: Channel, text: str, *, thread_ts: str = "") -> Message:
        """Say something; the bot hears of it through `send_dm` only, as its manifest asks for no more."""
        message = Message(
            channel=channel.id,
            ts=self._store.new_ts(),
            team_id=self._workspace.id,
            user=self.user.id,
            text=text,
            thread_ts=thread_ts,
        )
        self._store.messages.append(message)
        self._store.changed()
        return message

    async def open_home(self) -> Reply:
        home = {"view": modals.as_json(self.home, self._store)} if self.home else {}
        return await self.event("app_home_opened", user=self.user.id, channel=self.dm.id, tab="home", **home)

    async def change(self, **fields: Any) -> Reply:
        """Change one's own profile (fields of `records.User`, such as `locale`); the bot hears `user_change`."""
        for name, value in fields.items():
            if not hasattr(self.user, name):
                raise TypeError(f"a user has no {name!r}")
            setattr(self.user, name, value)
        described = {"id": self.user.id, "team_id": self.user.team_id, "deleted": self.user.deleted}
        return await self.event("user_change", user={**described, "tz": self.user.tz, "locale": self.user.locale})

    async def event(self, type_: str, **fields: Any) -> Reply:
        """Let Slack tell the bot of something; not acknowledged, it is told again."""
        payload = event_callback(self._store, self._workspace.id, {"type": type_, **fields})
        return self._done(await self._courier.deliver(Parcel(kind="events_api", payload=payload)))

    async def replay(self, parcel: Parcel) -> Answer:
        """Deliver once more what was delivered already, unchanged."""
        return await self._courier.deliver(parcel)

    # How it gets there

    async def _act(self, on: Surface, action: Json) -> Reply:
        return self._done(await self._interact(self._payloads.block_actions(on, action)))

    async def _interact(self, payload: Json) -> Answer:
        return await self._courier.deliver(Parcel(kind="interactive", payload=payload))

    def _done(self, answer: Answer) -> Reply:
        return Reply(answer=answer) if answer.acknowledged else self._failed(answer)

    def _failed(self, answer: Answer) -> Reply:
        return Reply(answer=answer, error="operation_timeout" if answer.error == "http_timeout" else "dispatch_failed")

    def _shown(self, body: Any, channel: str) -> Message | Ephemeral | None:
        """A command's answer becomes a message: text as it is, JSON with its blocks."""
        message = {"text": body} if isinstance(body, str) else body
        if not message or not (message.get("text") or message.get("blocks")):
            return None
        found = violations(message, "message")
        if found:
            self._store.violations.extend(found)
            raise BotMistake("\n".join(str(one) for one in found))
        shown = response_urls.post(self._store, self._workspace.id, self.user.id, channel, message)
        self._store.changed()
        return shown
