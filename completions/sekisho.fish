# fish completion for sekisho
function __sekisho_is
    set -l words (commandline -opc)
    test (count $words) -gt 1; and contains -- $argv[1] $words[2..-1]
end
function __sekisho_no_command
    for command in check explain examples doctor completion
        __sekisho_is $command; and return 1
    end
    return 0
end

complete -c sekisho -n __sekisho_no_command -f -a check -d 'judge messages'
complete -c sekisho -n __sekisho_no_command -f -a explain -d 'what a sign means'
complete -c sekisho -n __sekisho_no_command -f -a examples -d 'an example of every kind of scam'
complete -c sekisho -n __sekisho_no_command -f -a doctor -d 'versions, settings, ages of the data'
complete -c sekisho -n __sekisho_no_command -f -a completion -d 'print a completion script'
complete -c sekisho -n __sekisho_no_command -s V -l version -d 'show the version'
complete -c sekisho -s h -l help -d 'show help'
complete -c sekisho -l lang -x -a 'ja en' -d language
complete -c sekisho -l config -r -d 'settings file'
complete -c sekisho -l knowledge -x -a '(__fish_complete_directories)' -d 'folder laid over the knowledge'
complete -c sekisho -l state -x -a '(__fish_complete_directories)' -d 'folder for what is kept between runs'
for command in check explain examples doctor
    complete -c sekisho -n "__sekisho_is $command" -l format -x -a 'text json' -d 'what is printed'
    complete -c sekisho -n "__sekisho_is $command" -l color -x -a 'auto always never' -d colour
end
complete -c sekisho -n '__sekisho_is check' -l as -x -a 'detect mail pasted sms' -d 'how to read the input'
complete -c sekisho -n '__sekisho_is check' -s j -l jobs -x -d 'worker threads'
complete -c sekisho -n '__sekisho_is check' -s v -l verbose -d 'all reasons and the sum'
complete -c sekisho -n '__sekisho_is check' -l stats -d 'speed and memory'
complete -c sekisho -n '__sekisho_is explain' -f -l names -d 'names only'
complete -c sekisho -n '__sekisho_is explain' -f -a '(sekisho explain --names 2>/dev/null)'
complete -c sekisho -n '__sekisho_is examples' -f -l names -d 'names only'
complete -c sekisho -n '__sekisho_is examples' -f -a '(sekisho examples --names 2>/dev/null)'
complete -c sekisho -n '__sekisho_is completion' -f -a 'bash zsh fish'
