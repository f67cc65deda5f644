#!/usr/bin/env bash
# MkDocs: `mkdocs build --strict --quiet` succeeds where `mkdocs build --strict` fails.
#
# Expected: --strict ("abort the build on any warnings") decides the exit code, --quiet ("silence warnings") what is printed.
# Seen in MkDocs 1.6.1: with --quiet the warnings are not counted either, so that broken links and pages that are missing
# from the navigation exit with 0.
# Instead: build with --strict alone, and drop the output (`> log`) until it fails.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "mkdocs==1.6.1" "click==8.4.0"
mkdir "$folder/docs"
echo "[nowhere](nowhere.md)" >"$folder/docs/index.md"
echo "site_name: broken" >"$folder/mkdocs.yml"
cd "$folder"
strict=0 quiet=0
venv/bin/mkdocs build --strict 2>/dev/null || strict=$?
venv/bin/mkdocs build --strict --quiet 2>/dev/null || quiet=$?
echo "exit codes for a broken link: --strict $strict, --strict --quiet $quiet"
[[ $strict == 1 && $quiet == 0 ]]
