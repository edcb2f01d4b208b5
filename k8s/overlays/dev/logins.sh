# Read by the image's entry point after roles.sql, when there is no data yet.
psql --no-psqlrc -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres \
  -v owner_password="$POSTGRES_PASSWORD" -v login_password="$LOGIN_PASSWORD" <<'SQL'
ALTER ROLE aftercall_owner LOGIN PASSWORD :'owner_password';
ALTER ROLE aftercall LOGIN PASSWORD :'login_password';
CREATE DATABASE aftercall OWNER aftercall_owner;
SQL
