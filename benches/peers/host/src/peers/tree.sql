-- What held on a day is the last that is certain, or else the last that is possible; an organisation whose parent does not
-- exist is a root. The order makes it go down before it goes on.
WITH RECURSIVE
    held (id, parent) AS MATERIALIZED (
        SELECT o.id, (
            SELECT p.parent FROM parent AS p
            WHERE p.organization = o.id AND p.first <= ?1 AND p.last >= ?1
            ORDER BY p.sure_from <= ?1 AND p.sure_to >= ?1 DESC, p.position DESC LIMIT 1
        )
        FROM organization AS o WHERE o.first <= ?1 AND o.last >= ?1
    ),
    placed (id, parent) AS MATERIALIZED (
        SELECT h.id, above.id FROM held AS h LEFT JOIN held AS above ON above.id = h.parent
    ),
    tree (id, depth) AS (
        SELECT id, 0 FROM placed WHERE parent IS NULL
        UNION ALL
        SELECT placed.id, tree.depth + 1 FROM tree JOIN placed ON placed.parent = tree.id
        ORDER BY 2 DESC, 1
    )
SELECT tree.id, tree.depth, (
    SELECT n.ja FROM name AS n
    WHERE n.organization = tree.id AND n.first <= ?1 AND n.last >= ?1
    ORDER BY n.sure_from <= ?1 AND n.sure_to >= ?1 DESC, n.position DESC LIMIT 1
)
FROM tree
