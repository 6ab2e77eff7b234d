refresh materialized view concurrently sums;
