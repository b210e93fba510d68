/** What somebody else left pending and what must neither be applied nor lost. */
export const foreignKey = "gateway.timeout";
