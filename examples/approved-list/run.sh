#!/bin/sh
# An approved list from keys to publication: run.sh DIR makes DIR/repository and its first trusted root, DIR/root.json.
#
# ILLUSTRATION. The authority does not exist, and no decision, reply or appeal here was ever made by anyone. The makers
# are real; what the assessments hold of them are the public facts of the register, each with its source.
#
# Keys are files here, with the passphrase beside them, so that the example runs by itself. Never keep real ones so.
set -eu
[ $# -eq 1 ] || { echo "usage: run.sh DIR" >&2; exit 2; }
[ ! -e "$1/approved-list" ] && [ ! -e "$1/repository" ] || { echo "$1: a list is there already; name another folder" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1" && cd "$1"

approved() { clearband approved "$@"; }
day() { python3 -c 'import datetime, sys; print(datetime.date.today() + datetime.timedelta(days=int(sys.argv[1])))' "$1"; }
NOTE="Illustration: the authority does not exist, and nobody made these decisions."

# Three officers' keys, of which two sign and one is a spare, and the online key of snapshot and timestamp.
mkdir -p keys
[ -e keys/passphrase ] || (umask 077 && python3 -c 'import secrets; print(secrets.token_hex(16))' >keys/passphrase)
for name in officer-a officer-b spare online; do
    approved key "keys/$name" --passphrase-file keys/passphrase
done
A_AND_B="--key keys/officer-a --key keys/officer-b --passphrase-file keys/passphrase"
A_AND_SPARE="--key keys/officer-a --key keys/spare --passphrase-file keys/passphrase"

approved init approved-list --id example-authority --title "Example Authority (illustration)" \
    --decider office-a=keys/officer-a.pub --decider office-b=keys/officer-b.pub \
    --decider office-spare=keys/spare.pub --quorum 2 --reply-days 30

# Three makers, assessed by what the register knows. What it does not know stays unknown. The third comes from an
# earlier list and was not examined yet.
clearband assess new ericsson --tier T2 --on 2026-11-22 --out ericsson.json
clearband assess new nokia --tier T2 --on 2026-11-22 --out nokia.json
clearband assess new zte --tier T2 --on 2026-11-22 --no-automatic --id zte-taken-over --out zte.json
for maker in ericsson nokia zte; do
    approved submit "$maker" --cause application --subject "$maker.json" --by "Example applicant"
    approved accept "$maker"
    approved assess "$maker"
done

# decide MAKER STATE CAUSE OPTIONS...: proposed, the window for replies closed, decided by two of three.
decide() {
    maker=$1 state=$2 cause=$3
    shift 3
    set -- --state "$state" --cause "$cause" --assessment "$maker.json" --text "$NOTE" "$@"
    approved propose "$maker" "$@"
    approved reply "$maker" --cause final --by "Example applicant" --text "Illustration: no statement of the maker."
    approved decide "$maker" "$@" $signed
}

# One conditional listing: who owns the maker is not traced far enough, which is to be shown within a year.
sed "s/DUE/$(day 365)/" "$here/condition.yaml" >condition.yaml
signed="--until $(day 730) --condition condition.yaml $A_AND_B"
decide ericsson listed-conditional conditions-needed --criterion OWN-01

# Two listings for a short time, until more evidence is there. The spare key signs as well as any other.
signed="--until $(day 180) $A_AND_SPARE"
decide nokia listed-interim evidence-outstanding --criterion OWN-01 --criterion LEG-01
decide zte listed-interim other-authority --criterion OWN-01 --criterion LEG-01

# One revocation: examined, the third maker is on a list that binds the authority.
clearband assess new zte --tier T2 --on 2026-11-22 --id zte-examined --out zte-examined.json
clearband assess score zte-examined.json
on_the_list=$(python3 -c 'import json
for one in json.load(open("zte-examined.json", encoding="utf-8"))["evidence"]:
    if one["title"].startswith("zte on the list fcc-covered-list"): print(one["id"])')
out_of_use=$(day 365)
grounds="--criterion OWN-09 --evidence $on_the_list"
approved propose zte --state revoked --cause gate-met $grounds --text "$NOTE Named on the FCC Covered List."
approved reply zte --cause final --by "Example applicant" --text "Illustration: no statement of the maker."
approved revoke zte --cause gate-met --remove-by "$out_of_use" $grounds \
    --text "$NOTE Named on the FCC Covered List." $A_AND_B

# One appeal. It does not stay the revocation, and is dismissed.
last() { python3 -c 'print(sum(1 for _ in open("approved-list/log.jsonl", encoding="utf-8")) - 1)'; }
approved appeal zte --cause disproportionate --refers "$(last)" --by "Example applicant" \
    --text "Illustration: a year is too short a time."
approved appeal-decided zte --cause dismissed --state revoked --refers "$(last)" --remove-by "$out_of_use" $grounds \
    --text "$NOTE The day of the revocation holds." $A_AND_SPARE

approved check
approved asof

# Publication: the root by two of three keys, the list by two of three, the rest by the online key.
approved keys begin repository --list approved-list --root-key keys/officer-a.pub --root-key keys/officer-b.pub \
    --root-key keys/spare.pub --threshold 2 --online-key keys/online.pub --copy-root root.json $A_AND_B
approved publish repository --list approved-list --online-key keys/online $A_AND_B --note "$NOTE" \
    --assessment ericsson.json --assessment nokia.json --assessment zte.json --assessment zte-examined.json

approved verify repository --root root.json --state seen --listed entry:zte --listed entry:quux
