// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/postgres/functions.h"

#include <QCryptographicHash>

namespace tz::server {

namespace {

// In the order in which they call each other. Numbers are computed as numeric, which is exact and never overflows, and
// must fit 64 bits at the end: null otherwise.
const char functions[] = R"sql(
CREATE OR REPLACE FUNCTION tz_any(bytea) RETURNS text IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT E'\x01i' || encode($1, 'hex') $$;
CREATE OR REPLACE FUNCTION tz_any(text) RETURNS text IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql AS $$ SELECT $1 $$;
CREATE OR REPLACE FUNCTION tz_fit(numeric) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT CASE WHEN $1 >= -9223372036854775808 AND $1 <= 9223372036854775807 THEN $1::bigint END $$;
CREATE OR REPLACE FUNCTION tz_digits(bigint) RETURNS integer IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT greatest(-16, least(16, $1))::integer $$;
CREATE OR REPLACE FUNCTION tz_power(integer) RETURNS numeric IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT ('1e' || $1)::numeric $$;
CREATE OR REPLACE FUNCTION tz_half_even(numeric, numeric) RETURNS numeric IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT CASE WHEN 2 * abs(mod($1, $2)) > abs($2)
                        OR (2 * abs(mod($1, $2)) = abs($2) AND mod(div($1, $2), 2) <> 0)
                      THEN div($1, $2) + sign($1) * sign($2) ELSE div($1, $2) END $$;
CREATE OR REPLACE FUNCTION tz_half_up(numeric, numeric) RETURNS numeric IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT CASE WHEN 2 * abs(mod($1, $2)) >= abs($2)
                      THEN div($1, $2) + sign($1) * sign($2) ELSE div($1, $2) END $$;

CREATE OR REPLACE FUNCTION tz_negate(bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT tz_fit(-$1::numeric) $$;
CREATE OR REPLACE FUNCTION tz_abs(bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT tz_fit(abs($1::numeric)) $$;
CREATE OR REPLACE FUNCTION tz_add(bigint, bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT tz_fit($1::numeric + $2) $$;
CREATE OR REPLACE FUNCTION tz_subtract(bigint, bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT tz_fit($1::numeric - $2) $$;
CREATE OR REPLACE FUNCTION tz_multiply(bigint, bigint, bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT tz_fit(tz_half_even($1::numeric * $2, tz_power(tz_digits($3)))) $$;
CREATE OR REPLACE FUNCTION tz_divide(bigint, bigint, bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT CASE WHEN $2 = 0 THEN NULL WHEN $3 >= 0 THEN tz_fit(tz_half_even($1 * tz_power(tz_digits($3)), $2))
                 ELSE tz_fit(tz_half_even($1, $2 * tz_power(-tz_digits($3)))) END $$;
CREATE OR REPLACE FUNCTION tz_multiply_divide(bigint, bigint, bigint, bigint) RETURNS bigint
    IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT CASE WHEN $3 = 0 THEN NULL
                 WHEN $4 >= 0 THEN CASE WHEN abs($1::numeric * $2 * tz_power(tz_digits($4))) < 170141183460469231731687303715884105728
                                        THEN tz_fit(tz_half_even($1::numeric * $2 * tz_power(tz_digits($4)), $3)) END
                 ELSE tz_fit(tz_half_even($1::numeric * $2, $3 * tz_power(-tz_digits($4)))) END $$;
CREATE OR REPLACE FUNCTION tz_modulo(bigint, bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT CASE WHEN $2 = 0 THEN NULL WHEN $2 = -1 THEN 0 ELSE $1 % $2 END $$;
CREATE OR REPLACE FUNCTION tz_rescale(bigint, bigint, bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT CASE WHEN tz_digits($3) >= tz_digits($2) THEN tz_fit($1 * tz_power(tz_digits($3) - tz_digits($2)))
                 ELSE tz_fit(tz_half_even($1, tz_power(tz_digits($2) - tz_digits($3)))) END $$;
CREATE OR REPLACE FUNCTION tz_round(bigint, bigint, bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT CASE WHEN tz_digits($3) >= tz_digits($2) THEN tz_fit($1 * tz_power(tz_digits($3) - tz_digits($2)))
                 ELSE tz_fit(tz_half_up($1, tz_power(tz_digits($2) - tz_digits($3)))) END $$;
CREATE OR REPLACE FUNCTION tz_truncate(bigint, bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT CASE WHEN tz_digits($2) <= 0 THEN tz_fit($1 * tz_power(-tz_digits($2)))
                 ELSE div($1, tz_power(tz_digits($2)))::bigint END $$;
CREATE OR REPLACE FUNCTION tz_floor(bigint, bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT floor($1 * tz_power(-tz_digits($2)))::bigint $$;
CREATE OR REPLACE FUNCTION tz_ceil(bigint, bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT ceil($1 * tz_power(-tz_digits($2)))::bigint $$;
CREATE OR REPLACE FUNCTION tz_min(VARIADIC bigint[]) RETURNS bigint IMMUTABLE PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT CASE WHEN bool_and(v IS NOT NULL) THEN min(v) END FROM unnest($1) v $$;
CREATE OR REPLACE FUNCTION tz_max(VARIADIC bigint[]) RETURNS bigint IMMUTABLE PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT CASE WHEN bool_and(v IS NOT NULL) THEN max(v) END FROM unnest($1) v $$;
CREATE OR REPLACE FUNCTION tz_compare(bigint, bigint, bigint, bigint) RETURNS bigint
    IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT sign($1 * tz_power(-tz_digits($2)) - $3 * tz_power(-tz_digits($4)))::bigint $$;

CREATE OR REPLACE FUNCTION tz_length(text) RETURNS bigint IMMUTABLE PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT coalesce(char_length($1), 0)::bigint $$;
CREATE OR REPLACE FUNCTION tz_lower(text) RETURNS text IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT nullif(lower($1 COLLATE "und-x-icu"), '') COLLATE "C" $$;
CREATE OR REPLACE FUNCTION tz_upper(text) RETURNS text IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT nullif(upper($1 COLLATE "und-x-icu"), '') COLLATE "C" $$;
CREATE OR REPLACE FUNCTION tz_trim(text) RETURNS text IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT nullif(btrim($1, E' \t\n\x0b\f\r\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000'), '') $$;
CREATE OR REPLACE FUNCTION tz_concat(VARIADIC text[]) RETURNS text IMMUTABLE PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT nullif(array_to_string($1, ''), '') $$;
CREATE OR REPLACE FUNCTION tz_contains(text, text) RETURNS boolean IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT strpos($1, $2) > 0 $$;
CREATE OR REPLACE FUNCTION tz_like(text, text) RETURNS boolean IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT strpos(lower($1 COLLATE "und-x-icu") COLLATE "C", lower($2 COLLATE "und-x-icu") COLLATE "C") > 0 $$;
CREATE OR REPLACE FUNCTION tz_starts_with(text, text) RETURNS boolean IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT left($1, char_length($2)) = $2 $$;
CREATE OR REPLACE FUNCTION tz_number_text(bigint, bigint) RETURNS text IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT trim_scale($1 * tz_power(-greatest(0, tz_digits($2))))::text $$;
CREATE OR REPLACE FUNCTION tz_bool_text(boolean) RETURNS text IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT CASE WHEN $1 THEN 'true' ELSE 'false' END $$;
CREATE OR REPLACE FUNCTION tz_member(text, text) RETURNS text IMMUTABLE STRICT PARALLEL SAFE LANGUAGE plpgsql AS $$
DECLARE member jsonb;
BEGIN
    member := $1::jsonb -> $2;
    RETURN CASE jsonb_typeof(member)
        WHEN 'string' THEN nullif(member #>> '{}', '')
        WHEN 'boolean' THEN member #>> '{}'
        WHEN 'number' THEN trim_scale((member #>> '{}')::numeric)::text
    END;
EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
END $$;

-- Days and months between what PostgreSQL's dates can be; null beyond.
CREATE OR REPLACE FUNCTION tz_date(bigint) RETURNS date IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT CASE WHEN $1 BETWEEN -2440000 AND 100000000 THEN DATE '1970-01-01' + $1::integer END $$;
CREATE OR REPLACE FUNCTION tz_number(date) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT ($1 - DATE '1970-01-01')::bigint $$;
CREATE OR REPLACE FUNCTION tz_date_text(bigint) RETURNS text IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT CASE WHEN $1 BETWEEN -719162 AND 2932896 THEN to_char(tz_date($1), 'YYYY-MM-DD') END $$;
CREATE OR REPLACE FUNCTION tz_local_date(bigint, bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT floor(tz_fit($1::numeric + $2 * 1000) / 86400000.0)::bigint $$;
CREATE OR REPLACE FUNCTION tz_day_start(bigint, bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT tz_fit(tz_fit($1::numeric * 86400000)::numeric - $2 * 1000) $$;
CREATE OR REPLACE FUNCTION tz_year(bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT extract(year FROM tz_date($1))::bigint $$;
CREATE OR REPLACE FUNCTION tz_month(bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT extract(month FROM tz_date($1))::bigint $$;
CREATE OR REPLACE FUNCTION tz_day(bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT extract(day FROM tz_date($1))::bigint $$;
CREATE OR REPLACE FUNCTION tz_quarter(bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT extract(quarter FROM tz_date($1))::bigint $$;
CREATE OR REPLACE FUNCTION tz_add_days(bigint, bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT tz_fit($1::numeric + $2) $$;
CREATE OR REPLACE FUNCTION tz_add_months(bigint, bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT CASE WHEN abs($2) <= 1000000 AND tz_year($1) * 12 + $2 > -56000
                 THEN tz_number((tz_date($1) + make_interval(months => $2::integer))::date) END $$;
CREATE OR REPLACE FUNCTION tz_days_between(bigint, bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT tz_fit($2::numeric - $1) $$;
CREATE OR REPLACE FUNCTION tz_start_of_week(bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT CASE WHEN abs($1) <= 100000000 THEN $1 - (($1 + 3) % 7 + 7) % 7 END $$;
CREATE OR REPLACE FUNCTION tz_start_of_month(bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT $1 - tz_day($1) + 1 $$;
CREATE OR REPLACE FUNCTION tz_start_of_quarter(bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT tz_number(date_trunc('quarter', tz_date($1)::timestamp)::date) $$;
CREATE OR REPLACE FUNCTION tz_start_of_year(bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT tz_number(date_trunc('year', tz_date($1)::timestamp)::date) $$;
CREATE OR REPLACE FUNCTION tz_period(bigint, bigint, bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT CASE $2 WHEN 1 THEN tz_start_of_week(day) WHEN 2 THEN tz_start_of_month(day)
                         WHEN 3 THEN tz_start_of_quarter(day) WHEN 4 THEN tz_start_of_year(day) ELSE day END
          FROM (SELECT CASE WHEN $3 IS NULL THEN $1
                            ELSE floor((floor($1 / 1000.0) + $3) / 86400.0)::bigint END AS day) AS local $$;

CREATE OR REPLACE FUNCTION tz_sum_step(numeric, bigint) RETURNS numeric IMMUTABLE PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT CASE WHEN $2 IS NULL THEN $1 ELSE coalesce($1, 0) + $2 END $$;
CREATE OR REPLACE AGGREGATE tz_sum(bigint) (SFUNC = tz_sum_step, STYPE = numeric, FINALFUNC = tz_fit);
CREATE OR REPLACE FUNCTION tz_average_step(numeric[], bigint, bigint) RETURNS numeric[]
    IMMUTABLE PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT CASE WHEN $2 IS NULL THEN $1
                 ELSE ARRAY[coalesce($1[1], 0) + $2, coalesce($1[2], 0) + 1, $3] END $$;
CREATE OR REPLACE FUNCTION tz_average_final(numeric[]) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
    AS $$ SELECT tz_fit(tz_half_even($1[1] * tz_power($1[3]::integer), $1[2])) $$;
CREATE OR REPLACE AGGREGATE tz_average(bigint, bigint) (SFUNC = tz_average_step, STYPE = numeric[],
    FINALFUNC = tz_average_final);
)sql";

} // namespace

Result<> createFunctions(PostgresEngine &engine)
{
    const QByteArray version = QCryptographicHash::hash(functions, QCryptographicHash::Sha1).toHex();
    {
        TZ_ASSIGN(const auto known, engine.prepare("SELECT value FROM _meta WHERE name = 'functions'"));
        TZ_ASSIGN(const bool found, known->step());
        if (found && known->bytes(0) == version)
            return {};
    }
    TZ_TRY(engine.executeRaw(functions));
    return engine.executeRaw("INSERT INTO _meta(name, value) VALUES ('functions', '" + version +
                             "') ON CONFLICT(name) DO UPDATE SET value = excluded.value");
}

} // namespace tz::server
