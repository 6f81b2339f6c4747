The scripts say one line a step, name the log of what fails, and say in words what they need and do not find.

    $ cd "$GREENML_ROOT"; log="$CRAMTMP/log/step.txt"
    $ scripts/step "count to two" "$log" echo one two; cat "$log"
    count to two ...
    one two
    $ scripts/step "fail" "$log" sh -c 'echo reason; exit 3' 2>&1 | sed "s|$log|LOG|"
    fail ...
    reason
    fail: FAILED with 3; all that was printed is in LOG

Packages are missing, and there is nobody who may install them:

    $ mkdir "$CRAMTMP/bin"; for tool in sh grep dirname mktemp; do ln -s "$(command -v $tool)" "$CRAMTMP/bin"; done
    $ printf '#!/bin/sh\necho 1000\n' > "$CRAMTMP/bin/id"; printf '#!/bin/sh\nexit 1\n' > "$CRAMTMP/bin/dpkg-query"
    $ chmod +x "$CRAMTMP/bin/id" "$CRAMTMP/bin/dpkg-query"
    $ PATH="$CRAMTMP/bin" scripts/install-packages 2>&1 | cut -c 1-100
    scripts/install-packages: packages are missing, and installing them needs root, or sudo, which is no
    As root: apt-get install g++ make cmake ninja-build pkg-config libcli11-dev nlohmann-json3-dev libsi
    $ rm "$CRAMTMP/bin/dpkg-query"; PATH="$CRAMTMP/bin" scripts/install-packages 2>&1 | cut -c 1-80
    scripts/install-packages: this is no Debian or Ubuntu; install by hand, under th

Before they build, they look at what they are asked for:

    $ scripts/sanitize-threads many; scripts/fuzz many; scripts/fuzz 10 nothing; scripts/fuzz --keep soon
    scripts/sanitize-threads: "many" is no number of models
    scripts/fuzz: "many" is no number of seconds
    scripts/fuzz: there is no target "nothing"
    scripts/fuzz: "soon" is no number of seconds
    [2]

The first try ends with where greenml is, and what to do next:

    $ grep -A 6 '^cat' scripts/try
    cat <<END
    
    greenml is at $PWD/build/greenml. Next, which of these models no other beats:
      build/greenml pareto data/imagenet-cnn.json
    To run it as plain "greenml" in this terminal: export PATH="$PWD/build:\$PATH"
    Models of your own: build/greenml init, and docs/catalog.md.
    END

No test has a time of its own to come to its end in:

    $ grep -n TIMEOUT tests/CMakeLists.txt
    [1]
