Which room may include which. From the lowest, in the library: words, catalog, model_file, input, then reference and
analysis; in the program: sheet, then render and system, view, commands. No room includes a higher one.

    $ cd "$GREENML_ROOT"
    $ may_not_include() {
    >   room=$1; shift
    >   for other; do grep -rn "#include \"$other/" "src/$room"; done; true
    > }
    $ may_not_include greenml/words catalog model_file input reference analysis
    $ may_not_include greenml/catalog model_file input reference analysis
    $ may_not_include greenml/model_file input reference analysis
    $ may_not_include greenml/input reference analysis
    $ may_not_include greenml/reference analysis
    $ may_not_include greenml sheet render view system commands
    $ may_not_include app/sheet render view system commands
    $ may_not_include app/render view system commands
    $ may_not_include app/system view commands
    $ may_not_include app/view system commands

A command returns a report. It knows no console and no stream, and does not end the program:

    $ grep -rnE 'system/console|std::c(out|err|in)|printf|::write\(|std::exit|ofstream' --include='*.?pp' src/app/commands
    [1]

The public headers include the standard library and each other, and nothing else:

    $ grep -rhn '#include "' include | grep -v '"greenml/'
    [1]
    $ grep -rhn '#include <[a-z0-9_/]*\.h' include
    [1]

The readers of JSON know no field, label or unit:

    $ grep -rln 'greenml/\(field\|label\|unit\|metric\|quantity\)\.hpp' src/greenml/input/json src/greenml/input/*_catalog.cpp
    [1]

Files stay short enough to be read at one go:

    $ find include src -name '*.?pp' | xargs wc -l | awk '$2 != "total" && $1 > 400'
