"""`/v1` by the clients that people use: OpenAI's own, LangChain's and LlamaIndex's, against a live server."""

from __future__ import annotations

import asyncio
from typing import Any

import openai
import pytest
from langchain_core.messages import HumanMessage, SystemMessage
from langchain_openai import ChatOpenAI
from llama_index.core.llms import ChatMessage
from llama_index.llms.openai_like import OpenAILike

from tests.server.live import Live

MODEL = "agreement-assistant"
DOCUMENT = "vaekstpartnerskabsaftale-2016-2017"
ASKED = "who owns the wind programme?"
QUESTION: Any = [{"role": "system", "content": "You are a pirate."}, {"role": "user", "content": ASKED}]
KEY = "none-is-asked-for"


def base(server: Live) -> str:
    return f"http://{server.host}:{server.port}/v1"


@pytest.fixture(scope="module")
def client(server: Live) -> openai.OpenAI:
    return openai.OpenAI(base_url=base(server), api_key=KEY, max_retries=0)


def test_models_are_one_for_all_documents_and_one_a_document(client: openai.OpenAI) -> None:
    assert [each.id for each in client.models.list()] == [MODEL, DOCUMENT]
    assert client.models.retrieve(DOCUMENT).owned_by == MODEL


def test_a_completion_is_the_answer_with_its_sources(client: openai.OpenAI, server: Live) -> None:
    done = client.chat.completions.create(model=MODEL, messages=QUESTION, temperature=0.2, max_tokens=5, user="x")

    _, _, answer = server.ask(ASKED)
    (choice,) = done.choices
    content = choice.message.content or ""
    assert choice.finish_reason == "stop"
    assert choice.message.refusal is None
    assert content.startswith(answer["answer"])
    assert choice.message.model_extra == {"answer": answer}
    assert done.usage and done.usage.completion_tokens == len(content.split())
    annotations = choice.message.annotations or []
    assert len(annotations) >= len(answer["citations"])
    cited = {}
    for each in annotations:
        place = each.url_citation
        number = content[place.start_index : place.end_index]
        cited[number] = place.url
        path = place.url.removeprefix(f"http://{server.host}:{server.port}")
        status, _, page = server.request("GET", path.split("#")[0])
        assert status == 200
        assert "<mark" in page.decode()
    for citation in answer["citations"]:
        link = cited[f"[{citation['number']}]"]
        assert link.endswith(f"?start={citation['start']}&end={citation['end']}#cited")
        assert f"]({link}): »{citation['quote']}«" in content


def test_a_refusal_is_content(client: openai.OpenAI) -> None:
    done = client.chat.completions.create(
        model=DOCUMENT, messages=[{"role": "user", "content": "what is the total budget of the wind programme?"}]
    )

    message = done.choices[0].message
    assert (message.content or "").startswith("The agreement does not say.")
    assert (message.model_extra or {})["answer"]["status"] == "not_in_source"
    assert message.annotations == []
    assert "Closest passage" in (message.content or "")


@pytest.mark.parametrize("usage", [True, False])
def test_a_stream_says_the_same_and_ends(client: openai.OpenAI, usage: bool) -> None:
    whole = client.chat.completions.create(model=MODEL, messages=QUESTION).choices[0].message
    options: Any = {"include_usage": True} if usage else openai.NOT_GIVEN
    chunks = list(client.chat.completions.create(model=MODEL, messages=QUESTION, stream=True, stream_options=options))

    told = [chunk.choices[0] for chunk in chunks if chunk.choices]
    assert told[0].delta.role == "assistant"
    assert "".join(each.delta.content or "" for each in told) == whole.content
    assert [each.finish_reason for each in told] == [None, None, "stop"]
    assert (told[-1].delta.model_extra or {})["answer"] == (whole.model_extra or {})["answer"]
    assert [chunk.usage is not None for chunk in chunks] == [False, False, False, *([True] if usage else [])]
    assert len({chunk.id for chunk in chunks}) == 1


def test_asynchronous_clients_ask_side_by_side(server: Live) -> None:
    async def ask() -> list[str]:
        async with openai.AsyncOpenAI(base_url=base(server), api_key=KEY) as client:
            one = client.chat.completions.create(model=MODEL, messages=QUESTION)
            stream = await client.chat.completions.create(model=MODEL, messages=QUESTION, stream=True)
            parts = [chunk.choices[0].delta.content or "" async for chunk in stream]
            done = await asyncio.gather(
                one, *(client.chat.completions.create(model=MODEL, messages=QUESTION) for _ in range(3))
            )
            return ["".join(parts), *(each.choices[0].message.content or "" for each in done)]

    assert len(set(asyncio.run(ask()))) == 1


def test_a_conversation_goes_on_as_it_does_in_our_own_format(client: openai.OpenAI, server: Live) -> None:
    """The sections that an answer cited are read from its own links, so a follow-up needs nothing more than the text."""
    first = client.chat.completions.create(model=MODEL, messages=QUESTION).choices[0].message
    told = (first.model_extra or {})["answer"]
    history = [
        {"role": "user", "content": ASKED},
        {"role": "assistant", "content": told["answer"], "sections": [each["section"] for each in told["citations"]]},
    ]
    for follow_up in ("and the next step?", "who is involved in it?"):
        messages: Any = [
            *QUESTION,
            {"role": "assistant", "content": first.content},
            {"role": "user", "content": follow_up},
        ]
        done = client.chat.completions.create(model=MODEL, messages=messages).choices[0].message
        assert (done.model_extra or {})["answer"] == server.ask(follow_up, history)[2]


def test_parts_of_a_message_are_one_question(client: openai.OpenAI) -> None:
    parts: Any = [
        {
            "role": "user",
            "content": [{"type": "text", "text": "hvem ejer"}, {"type": "text", "text": "vindprogrammet?"}],
        }
    ]
    told = client.chat.completions.create(model=MODEL, messages=parts).choices[0].message
    assert (told.model_extra or {})["answer"]["language"] == "da"
    assert "[1]" in (told.content or "")


def test_langchain_asks_and_streams(server: Live) -> None:
    model = ChatOpenAI(base_url=base(server), api_key=KEY, model=MODEL, max_retries=0)  # type: ignore[arg-type]
    messages = [SystemMessage("Be brief."), HumanMessage(ASKED)]

    told = model.invoke(messages)
    assert "[1]" in str(told.content)
    assert told.usage_metadata is not None
    assert "".join(str(chunk.content) for chunk in model.stream(messages)) == told.content


def test_llama_index_asks_and_streams(server: Live) -> None:
    model = OpenAILike(model=MODEL, api_base=base(server), api_key=KEY, is_chat_model=True, max_retries=0)
    messages = [ChatMessage(role="user", content=ASKED)]

    told = model.chat(messages).message.content or ""
    assert "[1]" in told
    assert "".join(each.delta or "" for each in model.stream_chat(messages)) == told
