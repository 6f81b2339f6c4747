What people give in place of a catalog is named by its first bytes, whatever it is called:

    $ echo '[{"name": "a", "accuracy": 50}]' >a.json && gzip a.json && mv a.json.gz packed.json
    $ greenml rank packed.json
    packed.json: error: this is compressed with gzip, and no catalog (unpack it with gunzip)
    [2]
    $ greenml rank - <packed.json
    <stdin>: error: this is compressed with gzip, and no catalog (unpack it with gunzip)
    [2]
    $ printf 'PAR1....' >table.json && greenml rank table.json
    table.json: error: this is a Parquet table, and no catalog (save it as CSV or JSON)
    [2]
    $ printf 'version https://git-lfs.github.com/spec/v1\noid sha256:4d\nsize 12345\n' >pointer.json && greenml rank pointer.json
    pointer.json: error: this is a git-lfs pointer to 12,345 bytes, and no catalog (run git lfs pull)
    [2]
    $ printf '<!DOCTYPE html><html>404</html>' >page.json && greenml rank page.json
    page.json: error: this is a web page, and no catalog (was the download refused?)
    [2]
    $ printf '%%PDF-1.4\n' >paper.json && greenml check paper.json --min accuracy=5
    paper.json: error: this is a PDF document, and no catalog
    [2]
    $ greenml rank "$(command -v greenml)" 2>&1 | sed "s|^/.*/||"
    greenml: error: this is a program or a library, and no catalog (give a catalog or a model file)
    $ printf '<svg xmlns="http://www.w3.org/2000/svg"/>' >picture && greenml rank picture
    picture: error: this is a picture, in SVG, and no catalog (give the numbers that it was drawn of)
    [2]
    $ printf '\050\265\057\375....' >z.ndjson && greenml rank z.ndjson
    z.ndjson: error: this is compressed with zstd, and no catalog (unpack it with unzstd)
    [2]
    $ printf 'PK\003\004......................\015\000\000\000xl/workbook.xml' >book.xlsx && greenml rank book.xlsx
    book.xlsx: error: this is an Excel workbook, and no catalog (save it as CSV or JSON)
    [2]
    $ printf '\002\000\000\000\000\000\000\000{}' >m.safetensors && greenml rank m.safetensors
    m.safetensors: note: there are no trained weights in the file
    m.safetensors: note: no FLOPs: safetensors files hold weights and no graph, and there is no config.json beside them that tells their use
    note: ranked by size: no model has a quality
    1 model by size, lowest first
    #  model  size
               (B)
    1  m        10
    $ greenml rank - <m.safetensors
    <stdin>: error: this is a safetensors file, and no catalog (greenml inspect counts what a model file costs)
    [2]

A catalog may begin as it likes:

    $ printf '\n\n \t[{"name": "GGUF", "accuracy": 50}]' | greenml rank - --quiet
    1 model by accuracy, highest first
    #  model  accuracy  pareto
                   (%)
    1  GGUF         50  -
