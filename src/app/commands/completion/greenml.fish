# fish completion for greenml: a file greenml.fish in ~/.config/fish/completions, or:
#   greenml completion fish | source

function __greenml_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct | string unescape)
    set -l lines ($words[1] completion words -- $words[2..-1] "$typed" 2>/dev/null)
    switch "$lines[1]"
        case files
            __fish_complete_path "$typed"
        case folders
            __fish_complete_directories "$typed" ""
        case '*'
            printf '%s\n' $lines[2..-1]
    end
end

complete -c greenml -f -a '(__greenml_complete)'
