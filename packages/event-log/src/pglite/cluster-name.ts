/** The PostgreSQL major of the PGlite that is used. A cluster of another major does not open. */
export const POSTGRES_MAJOR = 18;

/** The cluster's directory in the log's, so that one of another major is told from it before anything is opened. */
export const CLUSTER_NAME = `pg${POSTGRES_MAJOR}`;
