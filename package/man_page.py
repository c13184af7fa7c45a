"""Makes a manual page of what a program's help says and a frame with the other sections."""

from help_text import Command, Option


def escape(text: str) -> str:
    """Returns the text in the notation of roff, where a dash stays one when it is copied."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    text = text.replace("^", "\\(ha").replace("~", "\\(ti").replace("`", "\\(ga")
    return "\\&" + text if text.startswith(".") else text


def entry(option: Option) -> str:
    """Returns the paragraph of an option or of an argument."""
    names = ", ".join(f"\\fB{escape(name)}\\fR" for name in option.names)
    value = f" \\fI{escape(option.value)}\\fR" if option.value else ""
    if not option.names[0].startswith("-"):
        names, value = f"\\fI{escape(option.names[0])}\\fR", ""
    return f".TP\n{names}{value}\n{escape(option.help)}.\n"


def section(groups: dict[str, list[Option]], known: set[str]) -> str:
    """Returns the groups of options, without those that are known already."""
    text = ""
    for heading, options in groups.items():
        entries = "".join(entry(each) for each in options if each.names[-1] not in known)
        if not entries:
            continue
        text += f".SS {escape(heading)}\n" if heading != "Options" else ""
        text += entries
    return text


def options_of(command: Command) -> str:
    """Returns the lines for `@OPTIONS@`."""
    return "".join(map(entry, command.arguments)) + section(command.groups, set())


def commands_of(command: Command) -> str:
    """Returns the lines for `@COMMANDS@`: what each command has besides the program's options."""
    known = {option.names[-1] for option in command.options}
    text = ""
    for child in command.commands:
        text += f".SS {escape(child.name)}\n{escape(child.summary)}.\n"
        is_same = any(option.names[-1] in known - {"--help"} for option in child.options)
        if is_same:
            text += "The options above that concern compiling apply too.\n"
        own = {"Options": [option for option in child.options if option.names[-1] not in known]}
        arguments = [each for each in child.arguments if each.names != ["input"]]
        text += "".join(map(entry, arguments)) + section(own, set())
    return text


def make_page(frame: str, command: Command, version: str) -> str:
    """Fills in a frame. It must have the places for all that there is."""
    parts = {"@VERSION@": version, "@OPTIONS@\n": options_of(command)}
    if command.commands:
        parts["@COMMANDS@\n"] = commands_of(command)
    for place, text in parts.items():
        if place not in frame:
            raise ValueError(f"the frame of {command.name} has no {place.strip()}")
        frame = frame.replace(place, text)
    return frame
