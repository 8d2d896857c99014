# fish completion for sekisho
function __sekisho_is
    set -l words (commandline -opc)
    test (count $words) -gt 1; and contains -- $argv[1] $words[2..-1]
end
function __sekisho_no_command
    for command in check scan index me explain examples rules filter evaluate train serve guide case contacts carriers doctor completion
        __sekisho_is $command; and return 1
    end
    return 0
end

complete -c sekisho -n __sekisho_no_command -f -a check -d 'judge messages'
complete -c sekisho -n __sekisho_no_command -f -a scan -d 'campaigns in a mailbox'
complete -c sekisho -n __sekisho_no_command -f -a index -d 'what scans have kept'
complete -c sekisho -n __sekisho_no_command -f -a me -d 'what you tell about yourself'
complete -c sekisho -n __sekisho_no_command -f -a explain -d 'what a sign means'
complete -c sekisho -n __sekisho_no_command -f -a examples -d 'an example of every kind of scam'
complete -c sekisho -n __sekisho_no_command -f -a rules -d 'the fewest rules that stop a campaign'
complete -c sekisho -n __sekisho_no_command -f -a filter -d 'one message against a list of rules'
complete -c sekisho -n __sekisho_no_command -f -a guide -d 'what to do now'
complete -c sekisho -n __sekisho_no_command -f -a case -d 'keep the evidence'
complete -c sekisho -n __sekisho_no_command -f -a contacts -d 'desks that help'
complete -c sekisho -n __sekisho_no_command -f -a carriers -d 'where mails are stopped'
complete -c sekisho -n __sekisho_no_command -f -a serve -d 'the page for a browser'
complete -c sekisho -n __sekisho_no_command -f -a evaluate -d 'measure on mail whose answer is known'
complete -c sekisho -n __sekisho_no_command -f -a train -d 'learn from mail whose answer is known'
complete -c sekisho -n __sekisho_no_command -f -a doctor -d 'versions, settings, ages of the data'
complete -c sekisho -n __sekisho_no_command -f -a completion -d 'print a completion script'
complete -c sekisho -n __sekisho_no_command -s V -l version -d 'show the version'
complete -c sekisho -s h -l help -d 'show help'
complete -c sekisho -l lang -x -a 'ja en' -d language
complete -c sekisho -l config -r -d 'settings file'
complete -c sekisho -l knowledge -x -a '(__fish_complete_directories)' -d 'folder laid over the knowledge'
complete -c sekisho -l model -r -d 'learned model, or none'
complete -c sekisho -l state -x -a '(__fish_complete_directories)' -d 'folder for what is kept between runs'
for command in check explain examples doctor guide case contacts carriers
    complete -c sekisho -n "__sekisho_is $command" -l format -x -a 'text json' -d 'what is printed'
    complete -c sekisho -n "__sekisho_is $command" -l color -x -a 'auto always never' -d colour
end
complete -c sekisho -n '__sekisho_is serve' -f -l listen -x -d 'address and port'
complete -c sekisho -n '__sekisho_is serve' -l phone -d 'for a phone on the same network'
complete -c sekisho -n '__sekisho_is serve' -l tls-cert -r -d certificate
complete -c sekisho -n '__sekisho_is serve' -l tls-key -r -d 'its key'
complete -c sekisho -n '__sekisho_is serve' -l access-code-file -r -d 'file with the code'
complete -c sekisho -n '__sekisho_is serve' -l host -x -d 'a name it is called by'
complete -c sekisho -n '__sekisho_is serve' -l workers -x -d 'judged at once'
complete -c sekisho -n '__sekisho_is serve' -l log -d 'a line for each request'
complete -c sekisho -n '__sekisho_is serve' -l color -x -a 'auto always never' -d colour
complete -c sekisho -n '__sekisho_is check' -l as -x -a 'detect mail pasted sms' -d 'how to read the input'
complete -c sekisho -n '__sekisho_is check' -s j -l jobs -x -d 'worker threads'
complete -c sekisho -n '__sekisho_is check' -s v -l verbose -d 'all reasons and the sum'
complete -c sekisho -n '__sekisho_is check' -l stats -d 'speed and memory'
complete -c sekisho -n '__sekisho_is scan' -l profile -r -d 'about yourself'
complete -c sekisho -n '__sekisho_is scan' -f -l fresh -d 'read everything again'
complete -c sekisho -n '__sekisho_is scan' -f -l keep-nothing -d 'no index'
complete -c sekisho -n '__sekisho_is index' -f -a 'show drop'
complete -c sekisho -n '__sekisho_is scan' -f -l no-profile -d 'without what me keeps'
complete -c sekisho -n '__sekisho_is me; and not __sekisho_is set' -f -a 'show edit set import export erase'
complete -c sekisho -n '__sekisho_is me; and __sekisho_is set' -f -a 'name name_kana name_romaji postal_code postal_address phone mail_address hardly_used member_no opened typed'
complete -c sekisho -n '__sekisho_is explain' -f -l names -d 'names only'
complete -c sekisho -n '__sekisho_is explain' -f -a '(sekisho explain --names 2>/dev/null)'
complete -c sekisho -n '__sekisho_is examples' -f -l names -d 'names only'
complete -c sekisho -n '__sekisho_is examples' -f -a '(sekisho examples --names 2>/dev/null)'
complete -c sekisho -n '__sekisho_is rules' -a 'add list remove check test age'
complete -c sekisho -n '__sekisho_is rules' -l from -r -d 'pasted mails or addresses'
complete -c sekisho -n '__sekisho_is rules' -l keep -r -d 'whose mail must arrive'
complete -c sekisho -n '__sekisho_is rules' -l carrier -x -a 'docomo ahamo au uq povo softbank linemo ymobile rakuten_mobile gmail yahoo_jp icloud outlook_com generic' -d 'where the rules are typed'
complete -c sekisho -n '__sekisho_is rules' -l scan -r -d 'report of a scan'
complete -c sekisho -n '__sekisho_is rules' -l format -x -a 'text json sieve postfix postfix-access gmail generic' -d 'what is printed'
complete -c sekisho -n '__sekisho_is rules' -l color -x -a 'auto always never' -d colour
complete -c sekisho -n '__sekisho_is rules' -l list -r -d 'the list kept by hand'
complete -c sekisho -n '__sekisho_is rules' -l note -x -d 'words beside a rule'
complete -c sekisho -n '__sekisho_is rules' -l folder -x -d 'folder or label'
complete -c sekisho -n '__sekisho_is rules' -l yes -d 'accept what it costs'
for command in evaluate train
    complete -c sekisho -n "__sekisho_is $command" -l format -x -a 'text json' -d 'what is printed'
    complete -c sekisho -n "__sekisho_is $command" -s j -l jobs -x -d 'messages at once'
end
complete -c sekisho -n '__sekisho_is evaluate' -l svg -r -d 'draw it too'
complete -c sekisho -n '__sekisho_is evaluate' -l misses -d 'name what was missed'
complete -c sekisho -n '__sekisho_is train' -s o -l output -r -d 'the model to write'
complete -c sekisho -n '__sekisho_is train' -l name -x -d 'name of the model'
complete -c sekisho -n '__sekisho_is train' -l about -r -d 'head of the model card'
complete -c sekisho -n '__sekisho_is train' -l keep-cards -d 'learn the wording only'
complete -c sekisho -n '__sekisho_is train' -l most -x -d 'messages of one corpus and label'
complete -c sekisho -n '__sekisho_is train' -l work -r -d 'where work is kept'
complete -c sekisho -n '__sekisho_is train' -l stats -d memory
complete -c sekisho -n '__sekisho_is filter' -l rules -r -d 'list of rules'
complete -c sekisho -n '__sekisho_is filter' -l output -x -a 'none headers message' -d 'what is printed'
for command in guide contacts carriers
    complete -c sekisho -n "__sekisho_is $command" -f -l register -x -a 'ja ja-plain en' -d 'how to speak'
    complete -c sekisho -n "__sekisho_is $command" -l names -d 'names only'
end
complete -c sekisho -n '__sekisho_is contacts' -f -a '(sekisho contacts --names 2>/dev/null)'
complete -c sekisho -n '__sekisho_is carriers' -f -a '(sekisho carriers --names 2>/dev/null)'
complete -c sekisho -n '__sekisho_is guide' -f -a 'log check-in'
complete -c sekisho -n '__sekisho_is guide' -l answers -r -d 'answers as JSON'
complete -c sekisho -n '__sekisho_is guide' -l from-scan -r -d 'what scan printed'
complete -c sekisho -n '__sekisho_is guide' -l paper -d 'a draft as a page to print'
complete -c sekisho -n '__sekisho_is guide' -l from-check -r -d 'what check printed'
complete -c sekisho -n '__sekisho_is guide' -l describe -x -d 'a telling in your own words'
complete -c sekisho -n '__sekisho_is guide' -l drafts -d 'list the drafts'
complete -c sekisho -n '__sekisho_is guide' -l draft -x -a '(sekisho guide --drafts --names 2>/dev/null)' -d 'print a draft'
complete -c sekisho -n '__sekisho_is guide' -l fill -x -d 'fill a gap of the draft'
complete -c sekisho -n '__sekisho_is guide' -l unmask -d 'do not mask other people'
complete -c sekisho -n '__sekisho_is guide' -l handout -x -a '(sekisho guide --names 2>/dev/null)' -d 'one page of HTML'
complete -c sekisho -n '__sekisho_is guide' -l today -x -d 'the day it is'
complete -c sekisho -n '__sekisho_is guide' -l forget -d 'erase what is kept'
complete -c sekisho -n '__sekisho_is completion' -f -a 'bash zsh fish'
complete -c sekisho -n '__sekisho_is case' -a 'new add note log list show verify receipt stamp export keep erase passphrase'
for option in case passphrase-fd author id title person keep-until with when note tick to entry
    complete -c sekisho -n '__sekisho_is case' -x -l $option
end
for option in passphrase-file new-passphrase-file from-guide from-check from-scan draft receipt ca request reply output
    complete -c sekisho -n '__sekisho_is case' -r -l $option
end
complete -c sekisho -n '__sekisho_is case' -l cases -x -a '(__fish_complete_directories)' -d 'where cases lie'
complete -c sekisho -n '__sekisho_is case' -l as -x -a 'mail screenshot pdf slip chat letter recording other note call title person address phone number what where how loss no-loss typed noticed advised question bring desk handover' -d 'what it is'
complete -c sekisho -n '__sekisho_is case' -l stopped -x -a 'yes no' -d 'did it stop'
complete -c sekisho -n '__sekisho_is case' -l yes -d 'do not ask'
complete -c sekisho -n '__sekisho_is case' -l shareable -d 'pages to show around'
complete -c sekisho -n '__sekisho_is case' -l hand-over -d 'pages for a colleague'
