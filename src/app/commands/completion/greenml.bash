# bash completion for greenml. In ~/.bashrc:
#   source <(greenml completion bash)

_greenml_unquoted() {
  local word=$1
  word=${word//\\/}
  case $word in
    \"*) word=${word#\"}; word=${word%\"} ;;
    \'*) word=${word#\'}; word=${word%\'} ;;
  esac
  printf '%s\n' "${word/#\~\//$HOME/}"
}

_greenml() {
  local cur words cword
  if declare -F _get_comp_words_by_ref >/dev/null; then
    _get_comp_words_by_ref -n '=:' cur words cword
  else
    cur=${COMP_WORDS[COMP_CWORD]} words=("${COMP_WORDS[@]}") cword=$COMP_CWORD
  fi

  local quote='' index
  case $cur in
    \"* | \'*) quote=${cur:0:1} ;;
  esac
  local arguments=()
  for ((index = 1; index <= cword; ++index)); do
    arguments+=("$(_greenml_unquoted "${words[index]}")")
  done

  local lines
  mapfile -t lines < <("${words[0]/#\~\//$HOME/}" completion words -- "${arguments[@]}" 2>/dev/null)
  COMPREPLY=()
  case ${lines[0]-} in
    files) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "${arguments[cword - 1]}"); return ;;
    folders) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "${arguments[cword - 1]}"); return ;;
  esac

  # Readline takes "=" and ":" for the beginnings of words where COMP_WORDBREAKS has them.
  local breaks='' before='' line
  [[ $COMP_WORDBREAKS != *=* ]] || breaks+='='
  [[ $COMP_WORDBREAKS != *:* ]] || breaks+=':'
  [[ -z $breaks || -n $quote || $cur != *[$breaks]* ]] || before=${cur%"${cur##*[$breaks]}"}
  before=$(_greenml_unquoted "$before")
  for line in "${lines[@]:1}"; do
    line=${line%%$'\t'*}
    [[ $line != *[=:] ]] || compopt -o nospace
    line=${line#"$before"}
    if [[ -n $quote ]]; then COMPREPLY+=("$line"); else COMPREPLY+=("$(printf '%q' "$line")"); fi
  done
}

complete -F _greenml greenml
