#!/bin/sh
# @citation-js/plugin-bibtex 0.7.21: BibTeX's "and others" becomes an author whose family name is "others".
#
# Expected: no such author; "others" is BibTeX's word for authors that are not named.
# Seen: a second author {"family": "others"}, which every citation style then prints as a person.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @citation-js/core@0.7.21 @citation-js/plugin-bibtex@0.7.21
cat > seen.mjs <<'JS'
import { Cite } from '@citation-js/core'
import '@citation-js/plugin-bibtex'

const [item] = new Cite('@article{toe, author = {Vesper, Ida and others}, title = {A toe that hummed}, year = 2089}').data
const seen = JSON.stringify(item.author)
console.log('plugin-bibtex 0.7.21:', seen)
if (seen !== '[{"given":"Ida","family":"Vesper"},{"family":"others"}]') throw new Error('this has changed')
JS
node seen.mjs
