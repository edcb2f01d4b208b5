-- To forget some at a time, who forgets them has to tell them apart.
GRANT SELECT (tenant_id, sequence) ON delivery TO aftercall_retention;
