-- Jobs are enqueued in the transaction that causes them (architecture.md, Jobs). graphile-worker's own tables belong
-- to the owner and are under its own row-level security, so the program adds a job through this one function.
-- The body is resolved when it runs: graphile-worker's schema is made at start, after these migrations.
create function enqueue_job(task text, payload json, job_key text, run_at timestamptz) returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform graphile_worker.add_job(task, payload, run_at => enqueue_job.run_at, job_key => enqueue_job.job_key);
end $$;
revoke all on function enqueue_job(text, json, text, timestamptz) from public;
grant execute on function enqueue_job(text, json, text, timestamptz) to throughline_app;
