# bash completion for sekisho
_sekisho() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command='' i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in check|scan|index|me|explain|examples|rules|filter|evaluate|train|serve|guide|case|contacts|carriers|doctor|completion) command=${COMP_WORDS[i]}; break ;; esac
  done
  local IFS=$'\n'
  case $prev in
    --lang) COMPREPLY=($(IFS=' '; compgen -W 'ja en' -- "$cur")); return ;;
    --format) [[ $command == rules ]] && { COMPREPLY=($(IFS=' '; compgen -W 'text json sieve postfix postfix-access gmail generic' -- "$cur")); return; }
      [[ $command == scan ]] && { COMPREPLY=($(IFS=' '; compgen -W 'text json html' -- "$cur")); return; }
      COMPREPLY=($(IFS=' '; compgen -W 'text json' -- "$cur")); return ;;
    --color) COMPREPLY=($(IFS=' '; compgen -W 'auto always never' -- "$cur")); return ;;
    --as) [[ $command == case ]] && { COMPREPLY=($(IFS=' '; compgen -W 'mail screenshot pdf slip chat letter recording other note call title person address phone number what where how loss no-loss typed noticed advised question bring desk handover' -- "$cur")); return; }
      COMPREPLY=($(IFS=' '; compgen -W 'detect mail pasted sms' -- "$cur")); return ;;
    --carrier) COMPREPLY=($(IFS=' '; compgen -W 'docomo ahamo au uq povo softbank linemo ymobile rakuten_mobile gmail yahoo_jp icloud outlook_com generic' -- "$cur")); return ;;
    --output) [[ $command == case ]] && { compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return; }
      COMPREPLY=($(IFS=' '; compgen -W 'none headers message' -- "$cur")); return ;;
    --jobs|-j|--note|--folder|--listen|--host|--workers|--most|--name) return ;;
    --config|--model|--svg|--about|--tls-cert|--tls-key|--access-code-file|--from|--keep|--scan|--list|--rules|--profile) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    --register) COMPREPLY=($(IFS=' '; compgen -W 'ja ja-plain en' -- "$cur")); return ;;
    --answers|--from-check|--from-scan) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    --case) COMPREPLY=($(compgen -W "$(sekisho case list --format json 2>/dev/null | sed -n 's/.*"id":"\([a-z0-9-]*\)".*/\1/p')" -- "$cur")); return ;;
    --stopped) COMPREPLY=($(IFS=' '; compgen -W 'yes no' -- "$cur")); return ;;
    --passphrase-file|--new-passphrase-file|--from-guide|--receipt|--ca|--request|--reply) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    --cases) compopt -o filenames; COMPREPLY=($(compgen -d -- "$cur")); return ;;
    --draft) COMPREPLY=($(compgen -W "$(sekisho guide --drafts --names 2>/dev/null)" -- "$cur")); return ;;
    --handout) COMPREPLY=($(compgen -W "$(sekisho guide --names 2>/dev/null)" -- "$cur")); return ;;
    --describe|--fill|--today) return ;;
    --knowledge|--state) compopt -o filenames; COMPREPLY=($(compgen -d -- "$cur")); return ;;
  esac
  local common='--help --lang --config --knowledge --model --state'
  if [[ $cur == -* ]]; then
    case $command in
      check) common+=' --format --color --as --jobs --verbose --stats' ;;
      scan) common+=' --profile --no-profile --format --fresh --keep-nothing --jobs --stats --color' ;;
      index) common+=' --color' ;;
      explain|examples) common+=' --format --color --names' ;;
      rules) common+=' --from --keep --carrier --scan --format --list --note --folder --yes --color' ;;
      filter) common+=' --rules --output' ;;
      serve) common+=' --listen --phone --tls-cert --tls-key --access-code-file --host --workers --log --color' ;;
      evaluate) common+=' --format --color --svg --misses --jobs' ;;
      train) common+=' --output --name --about --keep-cards --most --work --jobs --format --stats' ;;
      doctor) common+=' --format --color' ;;
      guide) common+=' --format --color --answers --from-check --from-scan --paper --describe --drafts --draft --fill --unmask --handout --names --register --today --forget' ;;
      case) common+=' --case --cases --passphrase-file --new-passphrase-file --passphrase-fd --author --id --title --person --keep-until --as --with --when --note --tick --stopped --to --from-guide --from-check --from-scan --draft --receipt --ca --request --reply --output --entry --yes --shareable --hand-over --format --color' ;;
      contacts|carriers) common+=' --format --color --register --names' ;;
      '') common+=' --version' ;;
    esac
    COMPREPLY=($(IFS=' '; compgen -W "$common" -- "$cur"))
    return
  fi
  case $command in
    evaluate|train) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")) ;;
    check) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")) ;;
    explain) COMPREPLY=($(compgen -W "$(sekisho explain --names 2>/dev/null)" -- "$cur")) ;;
    examples) COMPREPLY=($(compgen -W "$(sekisho examples --names 2>/dev/null)" -- "$cur")) ;;
    rules)
      compopt -o filenames
      COMPREPLY=($(compgen -f -- "$cur") $(IFS=' '; compgen -W 'add list remove check test age' -- "$cur")) ;;
    scan) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")) ;;
    index) COMPREPLY=($(IFS=' '; compgen -W 'show drop' -- "$cur")) ;;
    me)
      case $prev in
        set) COMPREPLY=($(IFS=' '; compgen -W 'name name_kana name_romaji postal_code postal_address phone mail_address hardly_used member_no opened typed' -- "$cur")) ;;
        import) compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")) ;;
        me) COMPREPLY=($(IFS=' '; compgen -W 'show edit set import export erase' -- "$cur")) ;;
      esac ;;
    guide) COMPREPLY=($(IFS=' '; compgen -W 'log check-in' -- "$cur")) ;;
    case) compopt -o filenames
      COMPREPLY=($(compgen -f -- "$cur") $(IFS=' '; compgen -W 'new add note log list show verify receipt stamp export keep erase passphrase' -- "$cur")) ;;
    contacts|carriers) COMPREPLY=($(compgen -W "$(sekisho $command --names 2>/dev/null)" -- "$cur")) ;;
    completion) COMPREPLY=($(IFS=' '; compgen -W 'bash zsh fish' -- "$cur")) ;;
    '') COMPREPLY=($(IFS=' '; compgen -W 'check scan index me serve explain examples guide case contacts carriers rules filter evaluate train doctor completion' -- "$cur")) ;;
  esac
}
complete -F _sekisho sekisho
