Who may include whom: the core knows neither looks nor terminal, the renderers no command, and the public headers nothing
but the standard library and each other.

    $ cd "$GREENML_ROOT"
    $ grep -rn '#include "\(render\|cli\)/' src/core src/read include
    [1]
    $ grep -rn '#include "\(cli\|core\|read\)/' src/render
    [1]
    $ grep -rn '#include "\(core\|read\)/' src/cli
    [1]
    $ grep -rhn '#include "' include | grep -v '"greenml/'
    [1]
    $ grep -rhn '#include <[a-z0-9_/]*\.h' include
    [1]

Readers know no field, label or unit:

    $ grep -rln 'greenml/\(field\|label\|unit\|metric\|quantity\)\.hpp' src/read
    [1]

Files stay short enough to be read at one go:

    $ find include src -name '*.?pp' | xargs wc -l | awk '$2 != "total" && $1 > 400'
