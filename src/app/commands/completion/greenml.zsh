#compdef greenml
# zsh completion for greenml: a file named _greenml in a folder of $fpath, or in ~/.zshrc, after compinit:
#   source <(greenml completion zsh)

_greenml() {
  local -a lines texts descriptions
  local line text
  lines=("${(@f)$("${~words[1]}" completion words -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
  case ${lines[1]} in
    files) _files; return ;;
    folders) _files -/; return ;;
  esac
  for line in "${(@)lines[2,-1]}"; do
    [[ -n $line ]] || continue
    text=${line%%$'\t'*}
    texts+=("$text")
    descriptions+=("${line//$'\t'/  -- }")
  done
  (( $#texts )) || return 1
  if [[ ${texts[1]} == *[=:] ]]; then
    compadd -l -S '' -d descriptions -a texts
  else
    compadd -l -d descriptions -a texts
  fi
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _greenml "$@"
else
  compdef _greenml greenml
fi
