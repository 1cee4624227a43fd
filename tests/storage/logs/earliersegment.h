// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database/database.h"

#include <QString>
#include <QTest>

/// Makes a segment as version 2 of its schema had it, with one application: entries of the sequences 1 to `entries`, named
/// "e/SEQUENCE", of which each 10th is the place of a repeat and 21 to 25 lack; cleared up to 3; with one checkpoint.
inline void makeEarlierSegment(const QString& path, int entries)
{
    using vigie::Database;
    auto database = Database::open(path, Database::Access::ReadWrite);
    QVERIFY(database);
    QVERIFY(database->run(R"(CREATE TABLE meta(created_ms INTEGER NOT NULL);
        INSERT INTO meta VALUES(1000);
        CREATE TABLE app(app INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
                         last_sequence INTEGER NOT NULL, cleared_sequence INTEGER NOT NULL);
        CREATE TABLE user(user INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        INSERT INTO user VALUES(1, 'ann');
        CREATE TABLE log(place INTEGER PRIMARY KEY, id TEXT, named INTEGER NOT NULL, time_ms INTEGER NOT NULL,
                         level TEXT NOT NULL, user INTEGER NOT NULL, message TEXT NOT NULL, metadata TEXT);
        CREATE UNIQUE INDEX log_id ON log(id, place >> 40);
        CREATE VIRTUAL TABLE log_text USING fts5(message, metadata, content='', columnsize=0);
        CREATE TABLE zone(first_place INTEGER PRIMARY KEY, last_place INTEGER NOT NULL,
                          least_time_ms INTEGER NOT NULL, most_time_ms INTEGER NOT NULL,
                          places INTEGER NOT NULL, counts BLOB NOT NULL);
        CREATE TABLE checkpoint(source TEXT PRIMARY KEY, place BLOB NOT NULL) WITHOUT ROWID;
        INSERT INTO checkpoint VALUES('file:/x', 'place 7');
        PRAGMA user_version=2)"));
    QVERIFY(database->run(qPrintable(QStringLiteral("INSERT INTO app VALUES(1, 'shop', %1, 3)").arg(entries))));
    QVERIFY(database->run(
        qPrintable(QStringLiteral("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1) "
                                  "INSERT INTO log SELECT (1 << 40) | i, CASE WHEN i % 10 = 0 THEN NULL ELSE 'e/' || i END, "
                                  "CASE WHEN i % 10 = 0 THEN 0 ELSE 1 END, 1000 + i, CASE WHEN i % 7 = 0 THEN 'error' ELSE 'info' END, 1, "
                                  "CASE WHEN i % 10 = 0 THEN '' ELSE 'entry ' || i || ' of many' END, "
                                  "CASE WHEN i % 10 = 0 THEN NULL ELSE '{\"n\":' || i || '}' END "
                                  "FROM n WHERE i > 3 AND i NOT BETWEEN 21 AND 25")
                       .arg(entries))));
    QVERIFY(database->run("INSERT INTO log_text(rowid, message, metadata) SELECT place, message, metadata FROM log WHERE id IS NOT NULL"));
}
