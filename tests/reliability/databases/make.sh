#!/usr/bin/env bash
# Makes the databases that upgrade.test.ts starts from: those of an earlier commit with the demo in it, on both engines.
#
#   MUNIMENT_TEST_POSTGRES_URL=… tests/reliability/databases/make.sh 0001-foundation 8dcf144
#
# 0001-foundation is the first commit whose migration has not been edited since; 0003-entitlement-counts is the last one
# before the compact change record, and has accounts. Needs npm, pg_dump and a PostgreSQL server. A database that is made
# again has other ids and times; upgrade.test.ts depends on neither.
set -euo pipefail
name=$1
commit=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
database=muniment_fixture_$$
postgres=${MUNIMENT_TEST_POSTGRES_URL%/*}
remove() {
  cd "$here"
  git -C "$here" worktree remove --force "$work/checkout" || true
  psql -q "$MUNIMENT_TEST_POSTGRES_URL" -c "DROP DATABASE IF EXISTS $database WITH (FORCE)"
  rm -rf "$work"
}
trap remove EXIT

git -C "$here" worktree add --quiet --detach "$work/checkout" "$commit"
cd "$work/checkout"
npm install --no-save --no-audit --no-fund --loglevel error
psql -q "$MUNIMENT_TEST_POSTGRES_URL" -c "CREATE DATABASE $database"

# Runs the demo with these flags until its data is there, and stops it.
run_demo() {
  : >"$work/output"
  MUNIMENT_BOOTSTRAP_CLIENT_ID=$(printf 'c%.0s' {1..32}) MUNIMENT_BOOTSTRAP_CLIENT_SECRET=$(printf 'd%.0s' {1..64}) \
    ./node_modules/.bin/node src/cli/muniment.ts demo --port 0 "$@" >"$work/output" 2>&1 &
  local demo=$!
  until grep -q 'Stop with Ctrl+C' "$work/output"; do
    kill -0 "$demo" || { cat "$work/output"; exit 1; }
    sleep 0.2
  done
  kill -TERM "$demo"
  wait "$demo"
}

run_demo --data-dir "$work/sqlite" --database-url "sqlite:$work/demo.sqlite"
run_demo --data-dir "$work/postgres" --database-url "$postgres/$database"
./node_modules/.bin/node -e "new (require('better-sqlite3'))('$work/demo.sqlite').exec(\"VACUUM INTO '$work/small.sqlite'\")"
# As INSERT statements, and without the commands of psql, so that any client can run it.
pg_dump --no-owner --no-privileges --inserts --rows-per-insert=500 "$postgres/$database" | grep -v '^\\' >"$work/small.sql"
./node_modules/.bin/node -e "
  const { brotliCompressSync, constants } = require('node:zlib');
  const { readFileSync, writeFileSync } = require('node:fs');
  for (const ending of ['sqlite', 'sql']) {
    const whole = readFileSync('$work/small.' + ending);
    const params = { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: whole.length };
    writeFileSync('$here/$name.' + ending + '.br', brotliCompressSync(whole, { params }));
  }"
ls -l "$here"
