"""How lines begin that need not be decoded.

Most bytes are what tools gave back, what was thought, and what the tool itself told the model. A
line that begins like one of these is passed over; a line written in another layout is decoded.
"""

import re


def _pattern(*, prompts: bool, answers: bool) -> re.Pattern[bytes]:
    """Return how lines begin that tell nothing, given what else events tell."""
    roles = ["developer", "system", *(["user"] * prompts), *(["assistant"] * answers)]
    text = (
        r'\{"timestamp":"[^"\\]{0,40}",(?:"ordinal":\d{1,12},)?"type":"(?:'
        r'response_item","payload":\{(?:"summary":\[\],)?"type":"(?:'
        r'function_call_output"|custom_tool_call_output"|reasoning"'
        rf'|message",(?:"id":"[^"\\]{{0,80}}",)?"role":"(?:{"|".join(roles)})")'
        r'|event_msg","payload":\{"type":"(?:exec_command_end|mcp_tool_call_end|agent_reasoning)"'
        r'|compacted","payload":\{|world_state","payload":\{)'
    )
    return re.compile(text.encode())


PASSED_OVER = {
    (prompts, answers): _pattern(prompts=prompts, answers=answers).match
    for prompts in (False, True)
    for answers in (False, True)
}
"""By whether events tell of prompts, and of answers: then the messages that repeat them go too."""
