The recipes of docs/ci.md that show the trend over the last commits, with git alone:

    $ command -v git > /dev/null || exit 80
    $ git init -q -b main . && git config user.name a && git config user.email a@example.org
    $ commit() {
    >   git add models.json && GIT_COMMITTER_DATE="$1T00:00Z" GIT_AUTHOR_DATE="$1T00:00Z" git commit -qm "$2"
    > }
    $ echo '[{"name": "small", "accuracy": 70, "energy": 0.5}]' > models.json; commit 2026-01-01 'First models'
    $ echo '[{"name": "small", "accuracy": 71, "energy": 0.5}]' > models.json; commit 2026-02-01 'Train longer'
    $ echo '[{"name": "small", "accuracy": 71, "energy": 0.4}]' > models.json; commit 2026-03-01 'Quantise'
    $ recipe() {
    >   awk -v wanted="$1" '/^```sh$/ {inside = ++block == wanted; next} /^```$/ {inside = 0} inside' "$GREENML_ROOT/docs/ci.md"
    > }
    $ recipe 1 > diffs.sh; recipe 2 > trend.sh
    $ bash -eu diffs.sh | sed 's/^\(....-..-..\) [0-9a-f]*/\1 COMMIT/'
    2026-01-01 COMMIT First models
    2026-02-01 COMMIT Train longer
    1 quantity is better
    change  model  quantity  before  after        by
    better  small  accuracy     70%    71%  +1.429 %
    2026-03-01 COMMIT Quantise
    1 quantity is better
    change  model  quantity  before   after     by
    better  small  energy    500 mJ  400 mJ  -20 %
    $ bash -eu trend.sh > plot.txt; test -s plot.txt
    $ grep -o 'energy over date' plot.txt
    energy over date
    $ greenml rank trend.ndjson --by energy --quiet --columns date --format csv | cut -d , -f 1,4
    name,date
    small,2026-03-01
    small,2026-02-01
    small,2026-01-01

Without a number there is nothing to report, and a service would take an empty one for a result:

    $ echo '[{"name": "a", "accuracy": 70}]' | greenml rank - --columns flops --format bencher --quiet
    greenml: cannot write to standard output: no model has a quantity among the columns, and so there is nothing to report
    [2]
    $ echo '[{"name": "a", "accuracy": 70}]' | greenml rank - --columns flops --format benchmark-action --quiet
    greenml: cannot write to standard output: no model has a quantity among the columns, and so there is nothing to report
    [2]
