"""The same answers for programs that speak the chat format of OpenAI: `/v1/chat/completions` and `/v1/models`.

a body -> asked (messages become a question and its history) -> told (an answer becomes a completion or a stream)
"""
