-- What a next release may do while this one serves, and what its servers then write that this one has never heard of: the
-- test has them connect by a name, and the trigger writes for them.
SET LOCAL lock_timeout = '3s';
ALTER TABLE agent ADD COLUMN of_the_next_release text;

CREATE FUNCTION write_as_the_next_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('application_name') = 'next-release' THEN
        NEW.of_the_next_release := 'written';
        NEW.state := NEW.state::jsonb || '{"of_the_next_release": {"known": ["to", "it", "alone"]}}';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER next_release BEFORE INSERT OR UPDATE ON agent FOR EACH ROW EXECUTE FUNCTION write_as_the_next_release();
