#!/usr/bin/env bash
# Installs the tools that the fixtures are made with: install.sh FOLDER. Needs npm, go, mvn and,
# as root, apt-get. Not run in CI.
set -eu
folder=$(realpath "$1")
mkdir -p "$folder"/{js,java,go}

cd "$folder/js"
[ -f package.json ] || npm init -y >/dev/null
npm install --no-audit --no-fund dbmate@2.36.0 prisma@6.19.3 @prisma/adapter-pg@6.19.3 \
    drizzle-kit@0.31.11 drizzle-orm@0.45.4 pg graphile-migrate@1.4.1 node-pg-migrate@9.0.0 \
    supabase@3.1.0

python3 -m venv "$folder/alembic"
"$folder/alembic/bin/pip" install -q alembic==1.20.1 'psycopg[binary]'

export GOBIN="$folder/go"
go install github.com/pressly/goose/v3/cmd/goose@latest
go install -tags postgres github.com/golang-migrate/migrate/v4/cmd/migrate@latest

cd "$folder/java"
cat >pom.xml <<'POM'
<project><modelVersion>4.0.0</modelVersion>
<groupId>fixtures</groupId><artifactId>fixtures</artifactId><version>1</version>
<dependencies>
<dependency><groupId>org.flywaydb</groupId><artifactId>flyway-database-postgresql</artifactId><version>11.8.2</version></dependency>
<dependency><groupId>org.postgresql</groupId><artifactId>postgresql</artifactId><version>42.7.5</version></dependency>
</dependencies></project>
POM
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib

apt-get install -y -q --no-install-recommends sqitch libdbd-pg-perl postgresql-client
