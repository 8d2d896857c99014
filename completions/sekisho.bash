# bash completion for sekisho
_sekisho() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command='' i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in check|explain|examples|doctor|completion) command=${COMP_WORDS[i]}; break ;; esac
  done
  local IFS=$'\n'
  case $prev in
    --lang) COMPREPLY=($(IFS=' '; compgen -W 'ja en' -- "$cur")); return ;;
    --format) COMPREPLY=($(IFS=' '; compgen -W 'text json' -- "$cur")); return ;;
    --color) COMPREPLY=($(IFS=' '; compgen -W 'auto always never' -- "$cur")); return ;;
    --as) COMPREPLY=($(IFS=' '; compgen -W 'detect mail pasted sms' -- "$cur")); return ;;
    --jobs|-j) return ;;
    --config) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    --knowledge|--state) compopt -o filenames; COMPREPLY=($(compgen -d -- "$cur")); return ;;
  esac
  local common='--help --lang --config --knowledge --state'
  if [[ $cur == -* ]]; then
    case $command in
      check) common+=' --format --color --as --jobs --verbose --stats' ;;
      explain|examples) common+=' --format --color --names' ;;
      doctor) common+=' --format --color' ;;
      '') common+=' --version' ;;
    esac
    COMPREPLY=($(IFS=' '; compgen -W "$common" -- "$cur"))
    return
  fi
  case $command in
    check) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")) ;;
    explain) COMPREPLY=($(compgen -W "$(sekisho explain --names 2>/dev/null)" -- "$cur")) ;;
    examples) COMPREPLY=($(compgen -W "$(sekisho examples --names 2>/dev/null)" -- "$cur")) ;;
    completion) COMPREPLY=($(IFS=' '; compgen -W 'bash zsh fish' -- "$cur")) ;;
    '') COMPREPLY=($(IFS=' '; compgen -W 'check explain examples doctor completion' -- "$cur")) ;;
  esac
}
complete -F _sekisho sekisho
