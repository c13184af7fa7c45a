"""Makes the completions of a program for bash, zsh and fish of what its help says."""

from help_text import Command, Option


def names_with_value(command: Command) -> list[str]:
    return [name for option in command.options if option.value for name in option.names]


def merged(command: Command) -> dict[str, Option]:
    """The options of a program and its commands, each once."""
    return {
        option.names[-1]: option
        for each in [*reversed(command.commands), command]
        for option in each.options
    }


# --- bash --------------------------------------------------------------------------------------

BASH = """\
# Completion of {name} for bash, made from what its --help says.
_{name}() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}} first='' options
  local -i i
  # bash takes `=` and `:` for words.
  if [[ $word == = ]]; then
    word=
  elif [[ $before == = ]]; then
    before=${{COMP_WORDS[COMP_CWORD - 2]}}
  fi
  for ((i = 1; i < COMP_CWORD; ++i)); do
    case ${{COMP_WORDS[i]}} in
{takers}      = | :*) i+=1 ;;
      -*) ;;
      *) first=${{COMP_WORDS[i]}}; break ;;
    esac
  done
  COMPREPLY=()
{guest}  case $before in
{values}  esac
  case $first in
{commands}    *) options='{options}' ;;
  esac
  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
{firsts}  fi
}}
complete -o bashdefault -o default -F _{name} {name}
"""

# All words behind the module are the guest's.
BASH_GUEST = """\
  [[ -z $first ]] || return
"""


def bash_value(option: Option) -> str:
    """Returns what completes the value of an option; nothing stands for any file."""
    if option.choices:
        words = " ".join(option.choices)
        return f"mapfile -t COMPREPLY < <(compgen -W '{words}' -- \"$word\"); return"
    if option.is_directory:
        return 'compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$word"); return'
    return "return" if option.is_file else "compopt +o bashdefault +o default; return"


def bash(command: Command, has_guest: bool) -> str:
    options = merged(command)
    takers = [name for each in options.values() if each.value for name in each.names]
    actions = {}
    for option in options.values():
        if option.value:
            actions.setdefault(bash_value(option), []).extend(option.names)
    values = "".join(
        f"    {' | '.join(names)})\n      {action} ;;\n" for action, names in actions.items()
    )
    words = {
        each.name: " ".join(name for option in each.options for name in option.names)
        for each in [command, *command.commands]
    }
    commands = "".join(
        f"    {each.name.split()[-1]}) options='{words[each.name]}' ;;\n"
        for each in command.commands
    )
    firsts = ""
    if command.commands:
        names = " ".join(each.name.split()[-1] for each in command.commands)
        firsts = (
            "  elif [[ -z $first ]]; then\n    compopt -o filenames\n    mapfile -t COMPREPLY < "
            f'<(compgen -W \'{names}\' -- "$word"; compgen -f -- "$word")\n'
        )
    return BASH.format(
        name=command.name,
        takers=f"      {' | '.join(takers)})\n"
        "        i+=1; [[ ${COMP_WORDS[i]} != = ]] || i+=1 ;;\n",
        guest=BASH_GUEST if has_guest else "",
        values=values,
        commands=commands,
        options=words[command.name],
        firsts=firsts,
    )


# --- zsh ---------------------------------------------------------------------------------------


def zsh_quote(text: str) -> str:
    """Returns the text for a specification of _arguments inside of single quotes."""
    for letter in "\\[]:":
        text = text.replace(letter, "\\" + letter)
    return text.replace("'", "'\\''")


def zsh_option(option: Option) -> str:
    """Returns the specifications of an option. It may be given several times."""
    action = ""
    if option.value:
        what = "_files" if option.is_file else "_files -/" if option.is_directory else " "
        if option.choices:
            what = f"({' '.join(option.choices)})"
        name = option.names[-1].lstrip("-")
        action = f":{zsh_quote(name)}:{what}"
    lines = ""
    for name in option.names:
        end = "" if not option.value else "=" if name.startswith("--") else "+"
        lines += f"    '*{name}{end}[{zsh_quote(option.help)}]{action}'\n"
    return lines


def zsh(command: Command, has_guest: bool) -> str:
    flags = '-s -S -A "-*"' if has_guest else "-s -S"
    text = f"#compdef {command.name}\n# Made from what {command.name} --help says.\n"
    text += "local -a options\nlocal context state state_descr line\ntypeset -A opt_args\n"
    if command.commands:
        text += "case ${words[(r)(" + "|".join(each.name.split()[-1] for each in command.commands)
        text += ")]} in\n"
        for each in command.commands:
            word = each.name.split()[-1]
            text += f"  {word})\n    options=(\n"
            text += "".join(map(zsh_option, each.options)) + "    )\n"
            text += f"    _arguments {flags} $options '1:command:({word})' '*:file:_files'\n"
            text += "    return ;;\n"
        text += "esac\n"
    text += "options=(\n" + "".join(map(zsh_option, command.options)) + ")\n"
    if has_guest:
        return text + f"_arguments {flags} $options '1:module:_files' '*:argument:_files'\n"
    if not command.commands:
        return text + f"_arguments {flags} $options '*:file:_files'\n"
    text += f"_arguments {flags} $options '1: :->first' '*:file:_files' && return\n"
    rows = "".join(
        f"    '{each.name.split()[-1]}:{zsh_quote(each.summary)}'\n" for each in command.commands
    )
    text += f"if [[ $state == first ]]; then\n  local -a commands=(\n{rows}  )\n"
    return text + "  _alternative 'commands:command:(($commands))' 'files:file:_files'\nfi\n"


# --- fish --------------------------------------------------------------------------------------


def fish_quote(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def fish_option(name: str, condition: str, option: Option) -> str:
    words = [f"complete -c {name}"]
    if condition:
        words.append(f"-n {fish_quote(condition)}")
    for each in option.names:
        words.append(f"-l {each[2:]}" if each.startswith("--") else f"-s {each[1:]}")
    if option.choices:
        words.append(f"-x -a {fish_quote(' '.join(option.choices))}")
    elif option.is_directory:
        words.append("-x -a '(__fish_complete_directories)'")
    elif option.value:
        words.append("-r" if option.is_file else "-x")
    return " ".join([*words, f"-d {fish_quote(option.help)}"]) + "\n"


def fish(command: Command, has_guest: bool) -> str:
    name = command.name
    words = " ".join(each.name.split()[-1] for each in command.commands)
    text = f"# Completion of {name} for fish, made from what its --help says.\n"
    condition = f"not __fish_seen_subcommand_from {words}" if words else ""
    if has_guest:
        takers = " ".join(names_with_value(command))
        text += FISH_GUEST.format(name=name, takers=takers)
        condition = f"not __{name}_has_module"
    for option in command.options:
        text += fish_option(name, condition, option)
    for each in command.commands:
        word = each.name.split()[-1]
        text += f"complete -c {name} -n {fish_quote(condition)} -a {word} "
        text += f"-d {fish_quote(each.summary)}\n"
        for option in each.options:
            text += fish_option(name, f"__fish_seen_subcommand_from {word}", option)
    return text


FISH_GUEST = """\
# All words behind the module are the guest's.
function __{name}_has_module
    set -l is_value 0
    for word in (commandline -opc)[2..-1]
        if test $is_value = 1
            set is_value 0
        else if contains -- $word {takers}
            set is_value 1
        else if not string match -q -- '-*' $word
            return 0
        end
    end
    return 1
end
"""
