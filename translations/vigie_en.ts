<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AccessCommand</name>
    <message>
        <source>%1 cannot be used: %2</source>
        <translation>%1 cannot be used: %2</translation>
    </message>
    <message>
        <source>That could not be written: %1</source>
        <translation>That could not be written: %1</translation>
    </message>
    <message>
        <source>There is an application %1 already.</source>
        <translation>There is an application %1 already.</translation>
    </message>
    <message>
        <source>There is no application %1.</source>
        <translation>There is no application %1.</translation>
    </message>
    <message>
        <source>There is no data folder %1.</source>
        <translation>There is no data folder %1.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>role, application</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id</translation>
    </message>
    <message>
        <source>User</source>
        <translation>User</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Added</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Last used</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Valid until</translation>
    </message>
    <message>
        <source>Revoked %1</source>
        <translation>Revoked %1</translation>
    </message>
    <message>
        <source>Until revoked</source>
        <translation>Until revoked</translation>
    </message>
    <message>
        <source>Expired %1</source>
        <translation>Expired %1</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Never</translation>
    </message>
    <message>
        <source>There are no such tokens.</source>
        <translation>There are no such tokens.</translation>
    </message>
    <message>
        <source>Token %1 for %2 (%3). It is shown only this once:</source>
        <translation>Token %1 for %2 (%3). It is shown only this once:</translation>
    </message>
    <message>
        <source>Application %1 added.</source>
        <translation>Application %1 added.</translation>
    </message>
    <message>
        <source>Application %1 removed. It had no valid tokens.</source>
        <translation>Application %1 removed. It had no valid tokens.</translation>
    </message>
    <message numerus="yes">
        <source>Application %1 removed, and its %Ln token(s) revoked.</source>
        <translation>
            <numerusform>Application %1 removed, and its token revoked.</numerusform>
            <numerusform>Application %1 removed, and its %Ln tokens revoked.</numerusform>
        </translation>
    </message>
    <message>
        <source>Token %1 was revoked already.</source>
        <translation>Token %1 was revoked already.</translation>
    </message>
    <message>
        <source>There is no token %1.</source>
        <translation>There is no token %1.</translation>
    </message>
    <message>
        <source>Token %1 of %2 (%3) revoked. Whoever is connected with it is disconnected.</source>
        <translation>Token %1 of %2 (%3) revoked. Whoever is connected with it is disconnected.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Event</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Detail</translation>
    </message>
    <message>
        <source>There are no such events.</source>
        <translation>There are no such events.</translation>
    </message>
    <message>
        <source>Token %1 is revoked again.</source>
        <translation>Token %1 is revoked again.</translation>
    </message>
    <message>
        <source>Token %1 is valid all the same: %2</source>
        <translation>Token %1 is valid all the same: %2</translation>
    </message>
</context>
<context>
    <name>AccessTexts</name>
    <message>
        <source>Viewer</source>
        <translation>Viewer</translation>
    </message>
    <message>
        <source>Producer</source>
        <translation>Producer</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>Operator</translation>
    </message>
    <message>
        <source>Admin</source>
        <translation>Admin</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Invitation</source>
        <translation>Invitation</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Signed in</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Refused</translation>
    </message>
    <message>
        <source>Sent a command</source>
        <translation>Sent a command</translation>
    </message>
    <message>
        <source>Token added</source>
        <translation>Token added</translation>
    </message>
    <message>
        <source>Token revoked</source>
        <translation>Token revoked</translation>
    </message>
    <message>
        <source>Application added</source>
        <translation>Application added</translation>
    </message>
    <message>
        <source>Application removed</source>
        <translation>Application removed</translation>
    </message>
    <message>
        <source>Disconnected by you</source>
        <translation>Disconnected by you</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>Blocked</translation>
    </message>
    <message>
        <source>Unblocked</source>
        <translation>Unblocked</translation>
    </message>
    <message>
        <source>Connections at once</source>
        <translation>Connections at once</translation>
    </message>
    <message>
        <source>Connections at once from one address</source>
        <translation>Connections at once from one address</translation>
    </message>
    <message>
        <source>New connections of one address</source>
        <translation>New connections of one address</translation>
    </message>
    <message>
        <source>Blocked addresses</source>
        <translation>Blocked addresses</translation>
    </message>
    <message>
        <source>Time to send the head of a request</source>
        <translation>Time to send the head of a request</translation>
    </message>
    <message>
        <source>Size of the head of a request</source>
        <translation>Size of the head of a request</translation>
    </message>
    <message>
        <source>Requests for another machine&apos;s name</source>
        <translation>Requests for another machine&apos;s name</translation>
    </message>
    <message>
        <source>Pages of another origin</source>
        <translation>Pages of another origin</translation>
    </message>
    <message>
        <source>Size of a message</source>
        <translation>Size of a message</translation>
    </message>
    <message>
        <source>Time to send a message</source>
        <translation>Time to send a message</translation>
    </message>
    <message>
        <source>Entries in a message</source>
        <translation>Entries in a message</translation>
    </message>
    <message>
        <source>Nesting of JSON</source>
        <translation>Nesting of JSON</translation>
    </message>
    <message>
        <source>Messages per second of one client</source>
        <translation>Messages per second of one client</translation>
    </message>
    <message>
        <source>Bytes per second of one client</source>
        <translation>Bytes per second of one client</translation>
    </message>
    <message>
        <source>Searches at once</source>
        <translation>Searches at once</translation>
    </message>
    <message>
        <source>Unread answers</source>
        <translation>Unread answers</translation>
    </message>
    <message>
        <source>Failed sign-ins</source>
        <translation>Failed sign-ins</translation>
    </message>
    <message>
        <source>Time to sign in</source>
        <translation>Time to sign in</translation>
    </message>
    <message>
        <source>Access requests</source>
        <translation>Access requests</translation>
    </message>
    <message>
        <source>Every application</source>
        <translation>Every application</translation>
    </message>
    <message>
        <source>Size of a request&apos;s body</source>
        <translation>Size of a request&apos;s body</translation>
    </message>
    <message>
        <source>Idle time of an HTTP connection</source>
        <translation>Idle time of an HTTP connection</translation>
    </message>
    <message>
        <source>Size of a filter</source>
        <translation>Size of a filter</translation>
    </message>
    <message>
        <source>Time without reading</source>
        <translation>Time without reading</translation>
    </message>
    <message>
        <source>Memory for all clients together</source>
        <translation>Memory for all clients together</translation>
    </message>
    <message>
        <source>Messages refused before sign-in</source>
        <translation>Messages refused before sign-in</translation>
    </message>
    <message>
        <source>New applications</source>
        <translation>New applications</translation>
    </message>
    <message>
        <source>A name has 1 to 128 bytes without control characters, and is not “.” or “..”.</source>
        <translation>A name has 1 to 128 bytes without control characters, and is not “.” or “..”.</translation>
    </message>
    <message>
        <source>Access request</source>
        <translation>Access request</translation>
    </message>
    <message>
        <source>Access request, one visit</source>
        <translation>Access request, one visit</translation>
    </message>
    <message>
        <source>Deleted stored entries</source>
        <translation>Deleted stored entries</translation>
    </message>
    <message>
        <source>Asked for access</source>
        <translation>Asked for access</translation>
    </message>
    <message>
        <source>Access denied</source>
        <translation>Access denied</translation>
    </message>
    <message>
        <source>Sharing turned on</source>
        <translation>Sharing turned on</translation>
    </message>
    <message>
        <source>Sharing turned off</source>
        <translation>Sharing turned off</translation>
    </message>
</context>
<context>
    <name>Axis</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>now</source>
        <comment>time axis</comment>
        <translation>now</translation>
    </message>
    <message>
        <source>−%1 d</source>
        <comment>time axis</comment>
        <translation>−%1 d</translation>
    </message>
    <message>
        <source>−%1 h</source>
        <comment>time axis</comment>
        <translation>−%1 h</translation>
    </message>
    <message>
        <source>−%1 min</source>
        <comment>time axis</comment>
        <translation>−%1 min</translation>
    </message>
    <message>
        <source>−%1 s</source>
        <comment>time axis</comment>
        <translation>−%1 s</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>day, time</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>−%1 min %2 s</source>
        <comment>time axis</comment>
        <translation>−%1 min %2 s</translation>
    </message>
</context>
<context>
    <name>CommandLine</name>
    <message>
        <source>Watch this machine&apos;s CPU, memory, disk and network, and its applications&apos; logs; share them over WebSocket.</source>
        <translation>Watch this machine&apos;s CPU, memory, disk and network, and its applications&apos; logs; share them over WebSocket.</translation>
    </message>
    <message>
        <source>Show this help and end.</source>
        <translation>Show this help and end.</translation>
    </message>
    <message>
        <source>Show the version and end.</source>
        <translation>Show the version and end.</translation>
    </message>
    <message>
        <source>Run the server without a window.</source>
        <translation>Run the server without a window.</translation>
    </message>
    <message>
        <source>address</source>
        <translation>address</translation>
    </message>
    <message>
        <source>Listen on &lt;port&gt; (default 3001; 0: any that is free).</source>
        <translation>Listen on &lt;port&gt; (default 3001; 0: any that is free).</translation>
    </message>
    <message>
        <source>port</source>
        <translation>port</translation>
    </message>
    <message>
        <source>Keep settings and data in &lt;folder&gt;.</source>
        <translation>Keep settings and data in &lt;folder&gt;.</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>folder</translation>
    </message>
    <message>
        <source>Speak &lt;language&gt;: en or fr.</source>
        <translation>Speak &lt;language&gt;: en or fr.</translation>
    </message>
    <message>
        <source>language</source>
        <translation>language</translation>
    </message>
    <message>
        <source>Look: system, light or dark.</source>
        <translation>Look: system, light or dark.</translation>
    </message>
    <message>
        <source>theme</source>
        <translation>theme</translation>
    </message>
    <message>
        <source>Let pages of &lt;origin&gt; (such as http://localhost:5173) connect too; may be repeated.</source>
        <translation>Let pages of &lt;origin&gt; (such as http://localhost:5173) connect too; may be repeated.</translation>
    </message>
    <message>
        <source>origin</source>
        <translation>origin</translation>
    </message>
    <message>
        <source>--port must be a number from 0 to 65535, not “%1”.</source>
        <translation>--port must be a number from 0 to 65535, not “%1”.</translation>
    </message>
    <message>
        <source>--host must be an IP address, not “%1”.</source>
        <translation>--host must be an IP address, not “%1”.</translation>
    </message>
    <message>
        <source>--%1 must be one of: %2; not “%3”.</source>
        <translation>--%1 must be one of: %2; not “%3”.</translation>
    </message>
    <message>
        <source>--allow-origin must look like http://localhost:5173, not “%1”.</source>
        <translation>--allow-origin must look like http://localhost:5173, not “%1”.</translation>
    </message>
    <message>
        <source>Unexpected argument “%1”.</source>
        <translation>Unexpected argument “%1”.</translation>
    </message>
    <message>
        <source>--data-dir must name a folder.</source>
        <translation>--data-dir must name a folder.</translation>
    </message>
    <message>
        <source>Write an application&apos;s stored logs as JSON lines or CSV.</source>
        <translation>Write an application&apos;s stored logs as JSON lines or CSV.</translation>
    </message>
    <message>
        <source>Read such JSON lines back into the store.</source>
        <translation>Read such JSON lines back into the store.</translation>
    </message>
    <message>
        <source>Check the data folder and say what is in it.</source>
        <translation>Check the data folder and say what is in it.</translation>
    </message>
    <message>
        <source>The oldest come first. Vigie may run meanwhile.</source>
        <translation>The oldest come first. Vigie may run meanwhile.</translation>
    </message>
    <message>
        <source>What the store has already is skipped. Vigie must not run on the folder meanwhile.</source>
        <translation>What the store has already is skipped. Vigie must not run on the folder meanwhile.</translation>
    </message>
    <message>
        <source>Nothing is changed, and Vigie may run meanwhile. Ends with 1 when something is wrong.</source>
        <translation>Nothing is changed, and Vigie may run meanwhile. Ends with 1 when something is wrong.</translation>
    </message>
    <message>
        <source>The logs of &lt;application&gt;; must be given.</source>
        <translation>The logs of &lt;application&gt;; must be given.</translation>
    </message>
    <message>
        <source>application</source>
        <translation>application</translation>
    </message>
    <message>
        <source>time</source>
        <translation>time</translation>
    </message>
    <message>
        <source>Only entries of &lt;time&gt; or earlier.</source>
        <translation>Only entries of &lt;time&gt; or earlier.</translation>
    </message>
    <message>
        <source>jsonl (default: one JSON object a line) or csv.</source>
        <translation>jsonl (default: one JSON object a line) or csv.</translation>
    </message>
    <message>
        <source>format</source>
        <translation>format</translation>
    </message>
    <message>
        <source>Write to &lt;file&gt; instead of the standard output.</source>
        <translation>Write to &lt;file&gt; instead of the standard output.</translation>
    </message>
    <message>
        <source>file</source>
        <translation>file</translation>
    </message>
    <message>
        <source>The data are in &lt;folder&gt;.</source>
        <translation>The data are in &lt;folder&gt;.</translation>
    </message>
    <message>
        <source>What to read; without it, the standard input.</source>
        <translation>What to read; without it, the standard input.</translation>
    </message>
    <message>
        <source>--output must name a file.</source>
        <translation>--output must name a file.</translation>
    </message>
    <message>
        <source>--app must name an application.</source>
        <translation>--app must name an application.</translation>
    </message>
    <message>
        <source>Try vigie %1 --help.</source>
        <translation>Try vigie %1 --help.</translation>
    </message>
    <message>
        <source>Let in only those with a token (vigie token add), also on this machine.</source>
        <translation>Let in only those with a token (vigie token add), also on this machine.</translation>
    </message>
    <message>
        <source>Add, list or remove the applications that tokens are for.</source>
        <translation>Add, list or remove the applications that tokens are for.</translation>
    </message>
    <message>
        <source>Add, list or revoke the tokens by which people and programs connect.</source>
        <translation>Add, list or revoke the tokens by which people and programs connect.</translation>
    </message>
    <message>
        <source>vigie app add &lt;name&gt;, vigie app list, vigie app remove &lt;name&gt;. Removing one revokes its tokens, at once.</source>
        <translation>vigie app add &lt;name&gt;, vigie app list, vigie app remove &lt;name&gt;. Removing one revokes its tokens, at once.</translation>
    </message>
    <message>
        <source>vigie token add --user &lt;user&gt; --app &lt;application&gt; [--role &lt;role&gt;] [--expires &lt;time&gt;], vigie token list, vigie token revoke &lt;id&gt;. A token is shown once, when it is added; it is revoked at once.</source>
        <translation>vigie token add --user &lt;user&gt; --app &lt;application&gt; [--role &lt;role&gt;] [--expires &lt;time&gt;], vigie token list, vigie token revoke &lt;id&gt;. A token is shown once, when it is added; it is revoked at once.</translation>
    </message>
    <message>
        <source>Whose token it is.</source>
        <translation>Whose token it is.</translation>
    </message>
    <message>
        <source>user</source>
        <translation>user</translation>
    </message>
    <message>
        <source>For &lt;application&gt; only.</source>
        <translation>For &lt;application&gt; only.</translation>
    </message>
    <message>
        <source>For every application.</source>
        <translation>For every application.</translation>
    </message>
    <message>
        <source>role</source>
        <translation>role</translation>
    </message>
    <message>
        <source>Either --app or --all-apps must be given.</source>
        <translation>Either --app or --all-apps must be given.</translation>
    </message>
    <message>
        <source>--expires must look like 90m, 12h or 30d, not “%1”.</source>
        <translation>--expires must look like 90m, 12h or 30d, not “%1”.</translation>
    </message>
    <message>
        <source>The application</source>
        <translation>The application</translation>
    </message>
    <message>
        <source>Listen on &lt;address&gt; (default 127.0.0.1). Beyond loopback, TLS and tokens are needed.</source>
        <translation>Listen on &lt;address&gt; (default 127.0.0.1). Beyond loopback, TLS and tokens are needed.</translation>
    </message>
    <message>
        <source>Speak TLS on loopback, too.</source>
        <translation>Speak TLS on loopback, too.</translation>
    </message>
    <message>
        <source>Prove who you are by the certificate in &lt;file&gt; (PEM). Without it, Vigie makes one.</source>
        <translation>Prove who you are by the certificate in &lt;file&gt; (PEM). Without it, Vigie makes one.</translation>
    </message>
    <message>
        <source>Its key is in &lt;file&gt; (PEM).</source>
        <translation>Its key is in &lt;file&gt; (PEM).</translation>
    </message>
    <message>
        <source>&lt;name&gt; is a name of this machine, too, such as in your DNS; may be repeated.</source>
        <translation>&lt;name&gt; is a name of this machine, too, such as in your DNS; may be repeated.</translation>
    </message>
    <message>
        <source>name</source>
        <translation>name</translation>
    </message>
    <message>
        <source>Beyond loopback without TLS and tokens: whoever reaches the port reads and changes everything.</source>
        <translation>Beyond loopback without TLS and tokens: whoever reaches the port reads and changes everything.</translation>
    </message>
    <message>
        <source>--tls-cert and --tls-key belong together.</source>
        <translation>--tls-cert and --tls-key belong together.</translation>
    </message>
    <message>
        <source>--insecure and TLS exclude one another.</source>
        <translation>--insecure and TLS exclude one another.</translation>
    </message>
    <message>
        <source>Let in all users of this machine, and what a proxy on it passes on, without a token; otherwise only you and root.</source>
        <translation>Let in all users of this machine, and what a proxy on it passes on, without a token; otherwise only you and root.</translation>
    </message>
    <message>
        <source>Behind a reverse proxy: &lt;url&gt; is what browsers open, such as https://ops.example/vigie/.</source>
        <translation>Behind a reverse proxy: &lt;url&gt; is what browsers open, such as https://ops.example/vigie/.</translation>
    </message>
    <message>
        <source>url</source>
        <translation>url</translation>
    </message>
    <message>
        <source>--open-loopback and --require-token exclude one another.</source>
        <translation>--open-loopback and --require-token exclude one another.</translation>
    </message>
    <message>
        <source>--public-url cannot be “%1”: %2.</source>
        <translation>--public-url cannot be “%1”: %2.</translation>
    </message>
    <message>
        <source>--open-loopback is for loopback, not for --host %1.</source>
        <translation>--open-loopback is for loopback, not for --host %1.</translation>
    </message>
    <message>
        <source>Begin the CSV with the mark that says UTF-8: some spreadsheets, Excel among them, need it.</source>
        <translation>Begin the CSV with the mark that says UTF-8: some spreadsheets, Excel among them, need it.</translation>
    </message>
    <message>
        <source>--bom goes with --format csv only.</source>
        <translation>--bom goes with --format csv only.</translation>
    </message>
    <message>
        <source>%1 must be a name of 1 to 128 bytes without control characters, and not “.” or “..”.</source>
        <translation>%1 must be a name of 1 to 128 bytes without control characters, and not “.” or “..”.</translation>
    </message>
    <message>
        <source>Begin with the dialog that shares Vigie on the network.</source>
        <translation>Begin with the dialog that shares Vigie on the network.</translation>
    </message>
    <message>
        <source>Keep neither logs nor figures on disk, only the newest in memory.</source>
        <translation>Keep neither logs nor figures on disk, only the newest in memory.</translation>
    </message>
    <message>
        <source>There is no command “%1”.</source>
        <translation>There is no command “%1”.</translation>
    </message>
    <message>
        <source>--headless and --share exclude one another.</source>
        <translation>--headless and --share exclude one another.</translation>
    </message>
    <message>
        <source>One of those below; without one, Vigie runs.</source>
        <translation>One of those below; without one, Vigie runs.</translation>
    </message>
    <message>
        <source>What to show; several may be given.</source>
        <translation>What to show; several may be given.</translation>
    </message>
    <message>
        <source>Data folder, unless --data-dir names another: %1</source>
        <translation>Data folder, unless --data-dir names another: %1</translation>
    </message>
    <message>
        <source>List who connected, was refused, deleted entries or sent a command.</source>
        <translation>List who connected, was refused, deleted entries or sent a command.</translation>
    </message>
    <message>
        <source>Commands; vigie help &lt;command&gt; tells more of each:</source>
        <translation>Commands; vigie help &lt;command&gt; tells more of each:</translation>
    </message>
    <message>
        <source>Show a log file in the window, and follow it as it grows.</source>
        <translation>Show a log file in the window, and follow it as it grows.</translation>
    </message>
    <message>
        <source>Show this help, or that of a command.</source>
        <translation>Show this help, or that of a command.</translation>
    </message>
    <message>
        <source>Try vigie help.</source>
        <translation>Try vigie help.</translation>
    </message>
    <message>
        <source>--%1 must be a time such as 2h, 3d, 2026-01-31 or 2026-01-31T14:03, not “%2”.</source>
        <translation>--%1 must be a time such as 2h, 3d, 2026-01-31 or 2026-01-31T14:03, not “%2”.</translation>
    </message>
    <message>
        <source>--%1 must not be later than --%2.</source>
        <translation>--%1 must not be later than --%2.</translation>
    </message>
    <message>
        <source>--%1 does not go with vigie token %2.</source>
        <translation>--%1 does not go with vigie token %2.</translation>
    </message>
    <message>
        <source>Which token? vigie token list shows their numbers.</source>
        <translation>Which token? vigie token list shows their numbers.</translation>
    </message>
    <message>
        <source>vigie %1 needs to know what to do: %2.</source>
        <translation>vigie %1 needs to know what to do: %2.</translation>
    </message>
    <message>
        <source>vigie %1 has no action “%3”. Use %2.</source>
        <translation>vigie %1 has no action “%3”. Use %2.</translation>
    </message>
    <message>
        <source>viewer (default): reads; producer: sends; operator: also deletes entries and sends commands; admin: everything.</source>
        <translation>viewer (default): reads; producer: sends; operator: also deletes entries and sends commands; admin: everything.</translation>
    </message>
    <message>
        <source>Valid for so long: 90m, 12h or 30d. Without it, until it is revoked.</source>
        <translation>Valid for so long: 90m, 12h or 30d. Without it, until it is revoked.</translation>
    </message>
    <message>
        <source>2h or 3d ago, a date, an ISO 8601 time or ms since 1970, in this machine&apos;s zone unless it names one.</source>
        <translation>2h or 3d ago, a date, an ISO 8601 time or ms since 1970, in this machine&apos;s zone unless it names one.</translation>
    </message>
    <message>
        <source>Only entries of &lt;time&gt; or later: %1</source>
        <translation>Only entries of &lt;time&gt; or later: %1</translation>
    </message>
    <message>
        <source>Only what happened at &lt;time&gt; or later: %1</source>
        <translation>Only what happened at &lt;time&gt; or later: %1</translation>
    </message>
    <message>
        <source>List tokens added at &lt;time&gt; or later: %1</source>
        <translation>List tokens added at &lt;time&gt; or later: %1</translation>
    </message>
    <message>
        <source>Only what happened at &lt;time&gt; or earlier.</source>
        <translation>Only what happened at &lt;time&gt; or earlier.</translation>
    </message>
    <message>
        <source>List tokens added at &lt;time&gt; or earlier.</source>
        <translation>List tokens added at &lt;time&gt; or earlier.</translation>
    </message>
    <message>
        <source>Write a JSON object a line, with times in ms since 1970, for programs.</source>
        <translation>Write a JSON object a line, with times in ms since 1970, for programs.</translation>
    </message>
    <message>
        <source>vigie open takes one address of a view, with a # in it, not “%1”.</source>
        <translation>vigie open takes one address of a view, with a # in it, not “%1”.</translation>
    </message>
    <message numerus="yes">
        <source>No more than %n files can be open at once.</source>
        <translation>
            <numerusform>No more than %n file can be open at once.</numerusform>
            <numerusform>No more than %n files can be open at once.</numerusform>
        </translation>
    </message>
    <message>
        <source>vigie open needs the name of a file or the address of a view.</source>
        <translation>vigie open needs the name of a file or the address of a view.</translation>
    </message>
    <message>
        <source>--headless has no window to open anything in.</source>
        <translation>--headless has no window to open anything in.</translation>
    </message>
    <message>
        <source>Show log files in the window and follow them as they grow. They are neither stored nor sent anywhere.
Or show the view that a link to the page of this machine&apos;s Vigie says.
A Vigie that runs on the data folder shows them; otherwise one is started, with the options below.
Files: plain text or JSON lines, also packed by gzip or Zstandard.</source>
        <translation>Show log files in the window and follow them as they grow. They are neither stored nor sent anywhere.
Or show the view that a link to the page of this machine&apos;s Vigie says.
A Vigie that runs on the data folder shows them; otherwise one is started, with the options below.
Files: plain text or JSON lines, also packed by gzip or Zstandard.</translation>
    </message>
    <message>
        <source>--app must not begin with “file:”: such are the names of log files in the window.</source>
        <translation>--app must not begin with “file:”: such are the names of log files in the window.</translation>
    </message>
    <message>
        <source>Send what another program prints: program 2&gt;&amp;1 | vigie log --app &lt;application&gt;</source>
        <translation>Send what another program prints: program 2&gt;&amp;1 | vigie log --app &lt;application&gt;</translation>
    </message>
    <message>
        <source>Run a program and send what it prints.</source>
        <translation>Run a program and send what it prints.</translation>
    </message>
    <message>
        <source>Each line is an entry; lines that belong together, such as a stack trace, and JSON lines are understood. What cannot be delivered waits on disk, also after this command has ended, and is delivered when Vigie runs, or by the next command with the same --to. Many programs hold their output back when it goes into a pipe: stdbuf -oL program, or PYTHONUNBUFFERED=1, prevents it.</source>
        <translation>Each line is an entry; lines that belong together, such as a stack trace, and JSON lines are understood. What cannot be delivered waits on disk, also after this command has ended, and is delivered when Vigie runs, or by the next command with the same --to. Many programs hold their output back when it goes into a pipe: stdbuf -oL program, or PYTHONUNBUFFERED=1, prevents it.</translation>
    </message>
    <message>
        <source>vigie run --app &lt;application&gt; -- program arguments… Its output and errors are printed as well; on a terminal it keeps its colours. Signals are passed on, and the exit status is the program&apos;s. What cannot be delivered waits on disk, and is delivered when Vigie runs, or by the next command with the same --to.</source>
        <translation>vigie run --app &lt;application&gt; -- program arguments… Its output and errors are printed as well; on a terminal it keeps its colours. Signals are passed on, and the exit status is the program&apos;s. What cannot be delivered waits on disk, and is delivered when Vigie runs, or by the next command with the same --to.</translation>
    </message>
    <message>
        <source>What to run, and its arguments.</source>
        <translation>What to run, and its arguments.</translation>
    </message>
    <message>
        <source>--%1: cannot read %2.</source>
        <translation>--%1: cannot read %2.</translation>
    </message>
    <message>
        <source>--to must be the address of a Vigie, such as https://host:3001, not “%1”.</source>
        <translation>--to must be the address of a Vigie, such as https://host:3001, not “%1”.</translation>
    </message>
    <message>
        <source>--spool-mib must be a number from 1 to 1000000, not “%1”.</source>
        <translation>--spool-mib must be a number from 1 to 1000000, not “%1”.</translation>
    </message>
    <message>
        <source>The entries are those of &lt;application&gt;; must be given.</source>
        <translation>The entries are those of &lt;application&gt;; must be given.</translation>
    </message>
    <message>
        <source>Send to the Vigie at &lt;address&gt;, such as https://host:3001, instead of this machine&apos;s.</source>
        <translation>Send to the Vigie at &lt;address&gt;, such as https://host:3001, instead of this machine&apos;s.</translation>
    </message>
    <message>
        <source>The token is in &lt;file&gt;.</source>
        <translation>The token is in &lt;file&gt;.</translation>
    </message>
    <message>
        <source>Trust the certificates in &lt;file&gt; (PEM), such as that of the other Vigie.</source>
        <translation>Trust the certificates in &lt;file&gt; (PEM), such as that of the other Vigie.</translation>
    </message>
    <message>
        <source>Let at most &lt;number&gt; MiB wait on disk, 256 if absent; then the oldest are dropped.</source>
        <translation>Let at most &lt;number&gt; MiB wait on disk, 256 if absent; then the oldest are dropped.</translation>
    </message>
    <message>
        <source>number</source>
        <translation>number</translation>
    </message>
    <message>
        <source>Print what comes, as it comes.</source>
        <translation>Print what comes, as it comes.</translation>
    </message>
    <message>
        <source>Which program? vigie run --app &lt;application&gt; -- program arguments…</source>
        <translation>Which program? vigie run --app &lt;application&gt; -- program arguments…</translation>
    </message>
    <message>
        <source>A token is not sent in the clear: --to must begin with https.</source>
        <translation>A token is not sent in the clear: --to must begin with https.</translation>
    </message>
    <message>
        <source>Add, list or remove what Vigie reads by itself: log files, the journal, containers.</source>
        <translation>Add, list or remove what Vigie reads by itself: log files, the journal, containers.</translation>
    </message>
    <message>
        <source>vigie watch add --app &lt;application&gt; &lt;file&gt;…, vigie watch add --journal, vigie watch add --containers, vigie watch add --otlp, vigie watch list, vigie watch remove &lt;file&gt;…. A file&apos;s name, and folders in it, may hold *, ? and […]; put it in quotes, so that files are read that come later. A running Vigie heeds changes at once.</source>
        <translation>vigie watch add --app &lt;application&gt; &lt;file&gt;…, vigie watch add --journal, vigie watch add --containers, vigie watch add --otlp, vigie watch list, vigie watch remove &lt;file&gt;…. A file&apos;s name, and folders in it, may hold *, ? and […]; put it in quotes, so that files are read that come later. A running Vigie heeds changes at once.</translation>
    </message>
    <message>
        <source>Check that Vigie runs and answers.</source>
        <translation>Check that Vigie runs and answers.</translation>
    </message>
    <message>
        <source>For supervisors, such as those of containers. Ends with 1 when it does not.</source>
        <translation>For supervisors, such as those of containers. Ends with 1 when it does not.</translation>
    </message>
    <message>
        <source>--bus takes addresses such as nats://host:4222, not “%1”.</source>
        <translation>--bus takes addresses such as nats://host:4222, not “%1”.</translation>
    </message>
    <message>
        <source>Beyond this machine a bus needs credentials (--bus-credentials) and TLS (tls:// or --bus-tls-ca): %1. --insecure does without them.</source>
        <translation>Beyond this machine a bus needs credentials (--bus-credentials) and TLS (tls:// or --bus-tls-ca): %1. --insecure does without them.</translation>
    </message>
    <message>
        <source>Cannot read %1.</source>
        <translation>Cannot read %1.</translation>
    </message>
    <message>
        <source>--node cannot be “%1”.</source>
        <translation>--node cannot be “%1”.</translation>
    </message>
    <message>
        <source>Cannot write %1: %2</source>
        <translation>Cannot write %1: %2</translation>
    </message>
    <message>
        <source>Share logs with the machines at these NATS servers, such as nats://host:4222; several with commas.</source>
        <translation>Share logs with the machines at these NATS servers, such as nats://host:4222; several with commas.</translation>
    </message>
    <message>
        <source>addresses</source>
        <translation>addresses</translation>
    </message>
    <message>
        <source>Who this machine is to NATS: a credentials &lt;file&gt;.</source>
        <translation>Who this machine is to NATS: a credentials &lt;file&gt;.</translation>
    </message>
    <message>
        <source>Speak TLS with NATS; &lt;file&gt; (PEM) says who signs its certificates.</source>
        <translation>Speak TLS with NATS; &lt;file&gt; (PEM) says who signs its certificates.</translation>
    </message>
    <message>
        <source>This machine&apos;s &lt;name&gt; on the bus (default: its host name).</source>
        <translation>This machine&apos;s &lt;name&gt; on the bus (default: its host name).</translation>
    </message>
</context>
<context>
    <name>DayText</name>
    <message>
        <source>d MMM</source>
        <comment>a day of this year</comment>
        <translation>d MMM</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>a day of another year</comment>
        <translation>d MMM yyyy</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>day, time</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, %2 %3</source>
        <comment>day, time, zone</comment>
        <translation>%1, %2 %3</translation>
    </message>
</context>
<context>
    <name>Deliverer</name>
    <message>
        <source>Vigie is starting or ending</source>
        <translation>Vigie is starting or ending</translation>
    </message>
    <message>
        <source>Vigie does not run</source>
        <translation>Vigie does not run</translation>
    </message>
</context>
<context>
    <name>DoctorCommand</name>
    <message>
        <source>In use by Vigie, process %1 on %2.</source>
        <translation>In use by Vigie, process %1 on %2.</translation>
    </message>
    <message>
        <source>Not in use by any Vigie.</source>
        <translation>Not in use by any Vigie.</translation>
    </message>
    <message>
        <source>Free disk space</source>
        <translation>Free disk space</translation>
    </message>
    <message>
        <source>can be read</source>
        <translation>can be read</translation>
    </message>
    <message>
        <source>none, the defaults hold</source>
        <translation>none, the defaults hold</translation>
    </message>
    <message>
        <source>No logs are stored.</source>
        <translation>No logs are stored.</translation>
    </message>
    <message>
        <source>No figures are stored.</source>
        <translation>No figures are stored.</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s) found.</source>
        <translation>
            <numerusform>%n problem found.</numerusform>
            <numerusform>%n problems found.</numerusform>
        </translation>
    </message>
    <message>
        <source>All is well.</source>
        <translation>All is well.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>sound</translation>
    </message>
    <message>
        <source>schema version %1</source>
        <translation>schema version %1</translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation>from %1 to %2</translation>
    </message>
    <message>
        <source>of: %1</source>
        <translation>of: %1</translation>
    </message>
    <message>
        <source>There is no data folder %1.</source>
        <translation>There is no data folder %1.</translation>
    </message>
    <message>
        <source>Cannot read the data folder %1.</source>
        <translation>Cannot read the data folder %1.</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>Data folder</translation>
    </message>
    <message>
        <source>only %1, the disk is almost full</source>
        <translation>only %1, the disk is almost full</translation>
    </message>
    <message numerus="yes">
        <source>%Ln log entries</source>
        <translation>
            <numerusform>%Ln log entry</numerusform>
            <numerusform>%Ln log entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln chunks of figures</source>
        <translation>
            <numerusform>%Ln chunk of figures</numerusform>
            <numerusform>%Ln chunks of figures</numerusform>
        </translation>
    </message>
    <message>
        <source>moved aside by Vigie (%1); remove it when it is of no use</source>
        <translation>moved aside by Vigie (%1); remove it when it is of no use</translation>
    </message>
    <message>
        <source>%1: PROBLEM: %2</source>
        <translation>%1: PROBLEM: %2</translation>
    </message>
    <message>
        <source>written by a later Vigie (%1; %2)</source>
        <translation>written by a later Vigie (%1; %2)</translation>
    </message>
    <message>
        <source>There are no tokens.</source>
        <translation>There are no tokens.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln token</numerusform>
            <numerusform>%Ln tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportCommand</name>
    <message>
        <source>the standard output</source>
        <translation>the standard output</translation>
    </message>
    <message>
        <source>Cannot write %1: %2</source>
        <translation>Cannot write %1: %2</translation>
    </message>
    <message>
        <source>There are no stored logs in %1.</source>
        <translation>There are no stored logs in %1.</translation>
    </message>
    <message>
        <source>The store in %1 has no application “%2”.</source>
        <translation>The store in %1 has no application “%2”.</translation>
    </message>
    <message>
        <source>Cannot read the store: %1</source>
        <translation>Cannot read the store: %1</translation>
    </message>
    <message>
        <source>Not all could be read: %1</source>
        <translation>Not all could be read: %1</translation>
    </message>
    <message>
        <source>nobody reads from it</source>
        <translation>nobody reads from it</translation>
    </message>
</context>
<context>
    <name>HealthCommand</name>
    <message>
        <source>No Vigie runs on the data folder %1.</source>
        <translation>No Vigie runs on the data folder %1.</translation>
    </message>
    <message>
        <source>Vigie is starting or ending.</source>
        <translation>Vigie is starting or ending.</translation>
    </message>
    <message>
        <source>Vigie does not answer at %1: %2</source>
        <translation>Vigie does not answer at %1: %2</translation>
    </message>
    <message>
        <source>Vigie is at %1 and answers %2.</source>
        <translation>Vigie is at %1 and answers %2.</translation>
    </message>
    <message>
        <source>Vigie is at %1 and answers.</source>
        <translation>Vigie is at %1 and answers.</translation>
    </message>
</context>
<context>
    <name>ImportCommand</name>
    <message>
        <source>imported %1, skipped %2</source>
        <translation>imported %1, skipped %2</translation>
    </message>
    <message>
        <source>Cannot write the store: %1.</source>
        <translation>Cannot write the store: %1.</translation>
    </message>
    <message>
        <source>Cannot read %1: %2</source>
        <translation>Cannot read %1: %2</translation>
    </message>
    <message>
        <source>Line %1 is no log entry: %2.</source>
        <translation>Line %1 is no log entry: %2.</translation>
    </message>
    <message>
        <source>it is too long</source>
        <translation>it is too long</translation>
    </message>
    <message>
        <source>A file of the store was broken and is now %1.</source>
        <translation>A file of the store was broken and is now %1.</translation>
    </message>
    <message>
        <source>Lines left out: %1.</source>
        <translation>Lines left out: %1.</translation>
    </message>
</context>
<context>
    <name>LimitWords</name>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>per second</source>
        <translation>per second</translation>
    </message>
    <message>
        <source>KiB</source>
        <translation>KiB</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>MiB</translation>
    </message>
    <message>
        <source>Connections in all (0: the usual number)</source>
        <translation>Connections in all (0: the usual number)</translation>
    </message>
    <message>
        <source>Connections of one address</source>
        <translation>Connections of one address</translation>
    </message>
    <message>
        <source>New connections of one address</source>
        <translation>New connections of one address</translation>
    </message>
    <message>
        <source>New connections of one address at once</source>
        <translation>New connections of one address at once</translation>
    </message>
    <message>
        <source>Failed sign-ins before each one waits longer</source>
        <translation>Failed sign-ins before each one waits longer</translation>
    </message>
    <message>
        <source>Time to sign in</source>
        <translation>Time to sign in</translation>
    </message>
    <message>
        <source>Refused messages before a client is disconnected</source>
        <translation>Refused messages before a client is disconnected</translation>
    </message>
    <message>
        <source>Access requests that wait for an answer</source>
        <translation>Access requests that wait for an answer</translation>
    </message>
    <message>
        <source>Access requests of one address that wait</source>
        <translation>Access requests of one address that wait</translation>
    </message>
    <message>
        <source>Access requests of one address</source>
        <translation>Access requests of one address</translation>
    </message>
    <message>
        <source>per hour</source>
        <translation>per hour</translation>
    </message>
    <message>
        <source>Time to send the head of a request</source>
        <translation>Time to send the head of a request</translation>
    </message>
    <message>
        <source>Size of a request&apos;s head, and of its body</source>
        <translation>Size of a request&apos;s head, and of its body</translation>
    </message>
    <message>
        <source>Time an HTTP connection may be idle</source>
        <translation>Time an HTTP connection may be idle</translation>
    </message>
    <message>
        <source>Size of a message</source>
        <translation>Size of a message</translation>
    </message>
    <message>
        <source>Time to send a message</source>
        <translation>Time to send a message</translation>
    </message>
    <message>
        <source>New applications since the start</source>
        <translation>New applications since the start</translation>
    </message>
    <message>
        <source>Entries in a message</source>
        <translation>Entries in a message</translation>
    </message>
    <message>
        <source>Nesting of JSON</source>
        <translation>Nesting of JSON</translation>
    </message>
    <message>
        <source>levels</source>
        <translation>levels</translation>
    </message>
    <message>
        <source>Levels in a filter</source>
        <translation>Levels in a filter</translation>
    </message>
    <message>
        <source>Length of a search text</source>
        <translation>Length of a search text</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>bytes</translation>
    </message>
    <message>
        <source>Messages of one client</source>
        <translation>Messages of one client</translation>
    </message>
    <message>
        <source>Data from one client</source>
        <translation>Data from one client</translation>
    </message>
    <message>
        <source>KiB/s</source>
        <translation>KiB/s</translation>
    </message>
    <message>
        <source>Searches of one client at once</source>
        <translation>Searches of one client at once</translation>
    </message>
    <message>
        <source>Unread answers of one client</source>
        <translation>Unread answers of one client</translation>
    </message>
    <message>
        <source>Time a client may read nothing</source>
        <translation>Time a client may read nothing</translation>
    </message>
    <message>
        <source>Memory for all clients together</source>
        <translation>Memory for all clients together</translation>
    </message>
</context>
<context>
    <name>ListenBanner</name>
    <message>
        <source>&amp;Port</source>
        <translation>&amp;Port</translation>
    </message>
    <message>
        <source>Port to try</source>
        <translation>Port to try</translation>
    </message>
    <message>
        <source>&amp;Use this port</source>
        <translation>&amp;Use this port</translation>
    </message>
</context>
<context>
    <name>LogExport</name>
    <message>
        <source>it is neither a regular file nor a device</source>
        <translation>it is neither a regular file nor a device</translation>
    </message>
</context>
<context>
    <name>LogFile</name>
    <message>
        <source>Cannot read %1: %2.</source>
        <translation>Cannot read %1: %2.</translation>
    </message>
    <message>
        <source>%1 is not a text file.</source>
        <translation>%1 is not a text file.</translation>
    </message>
    <message>
        <source>%1 is damaged: not all of it could be unpacked.</source>
        <translation>%1 is damaged: not all of it could be unpacked.</translation>
    </message>
</context>
<context>
    <name>LogPanel</name>
    <message>
        <source>Logs</source>
        <translation>Logs</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Show the logs of one application</source>
        <translation>Show the logs of one application</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>Levels</translation>
    </message>
    <message>
        <source>Search the logs</source>
        <translation>Search the logs</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>Choose the levels to show: a click on a level shows only that one, its box adds it or takes it away</source>
        <translation>Choose the levels to show: a click on a level shows only that one, its box adds it or takes it away</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;File</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;View</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Theme</translation>
    </message>
    <message>
        <source>L&amp;anguage</source>
        <translation>L&amp;anguage</translation>
    </message>
    <message>
        <source>&amp;Charts</source>
        <translation>&amp;Charts</translation>
    </message>
    <message>
        <source>&amp;Logs</source>
        <translation>&amp;Logs</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Help</translation>
    </message>
    <message>
        <source>&amp;Copy Address</source>
        <translation>&amp;Copy Address</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quit</translation>
    </message>
    <message>
        <source>Last &amp;Minute</source>
        <translation>Last &amp;Minute</translation>
    </message>
    <message>
        <source>1 min</source>
        <translation>1 min</translation>
    </message>
    <message>
        <source>Last 5 M&amp;inutes</source>
        <translation>Last 5 M&amp;inutes</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5 min</translation>
    </message>
    <message>
        <source>15 min</source>
        <translation>15 min</translation>
    </message>
    <message>
        <source>Last &amp;Hour</source>
        <translation>Last &amp;Hour</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 h</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>One Line per &amp;Core</source>
        <translation>One Line per &amp;Core</translation>
    </message>
    <message>
        <source>Show &amp;Charts</source>
        <translation>Show &amp;Charts</translation>
    </message>
    <message>
        <source>Show &amp;Logs</source>
        <translation>Show &amp;Logs</translation>
    </message>
    <message>
        <source>&amp;Full Screen</source>
        <translation>&amp;Full Screen</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>&amp;System</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Light</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dark</translation>
    </message>
    <message>
        <source>&amp;How to Connect</source>
        <translation>&amp;How to Connect</translation>
    </message>
    <message>
        <source>&amp;About Vigie</source>
        <translation>&amp;About Vigie</translation>
    </message>
    <message>
        <source>About &amp;Qt</source>
        <translation>About &amp;Qt</translation>
    </message>
    <message>
        <source>Last 15 Mi&amp;nutes</source>
        <translation>Last 15 Mi&amp;nutes</translation>
    </message>
    <message>
        <source>Last &amp;Day</source>
        <translation>Last &amp;Day</translation>
    </message>
    <message>
        <source>1 d</source>
        <translation>1 d</translation>
    </message>
    <message>
        <source>Last &amp;Week</source>
        <translation>Last &amp;Week</translation>
    </message>
    <message>
        <source>7 d</source>
        <translation>7 d</translation>
    </message>
    <message>
        <source>Last 30 Day&amp;s</source>
        <translation>Last 30 Day&amp;s</translation>
    </message>
    <message>
        <source>30 d</source>
        <translation>30 d</translation>
    </message>
    <message>
        <source>&amp;Back in Time</source>
        <translation>&amp;Back in Time</translation>
    </message>
    <message>
        <source>&amp;Forward in Time</source>
        <translation>&amp;Forward in Time</translation>
    </message>
    <message>
        <source>&amp;Sharing</source>
        <translation>&amp;Sharing</translation>
    </message>
    <message>
        <source>&amp;Open Log Files…</source>
        <translation>&amp;Open Log Files…</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>&amp;Settings…</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>Back to &amp;Now</source>
        <translation>Back to &amp;Now</translation>
    </message>
    <message>
        <source>Back to Now</source>
        <translation>Back to Now</translation>
    </message>
    <message>
        <source>Zoom &amp;In</source>
        <translation>Zoom &amp;In</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>Zoom &amp;Out</translation>
    </message>
    <message>
        <source>Copy &amp;Link to This View</source>
        <translation>Copy &amp;Link to This View</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation>&amp;Keyboard Shortcuts</translation>
    </message>
    <message>
        <source>Cores</source>
        <translation>Cores</translation>
    </message>
    <message>
        <source>Close Log &amp;File</source>
        <translation>Close Log &amp;File</translation>
    </message>
</context>
<context>
    <name>ManualPage</name>
    <message>
        <source>[options]</source>
        <translation>[options]</translation>
    </message>
    <message>
        <source>Vigie&apos;s Manual</source>
        <translation>Vigie&apos;s Manual</translation>
    </message>
    <message>
        <source>NAME</source>
        <translation>NAME</translation>
    </message>
    <message>
        <source>SYNOPSIS</source>
        <translation>SYNOPSIS</translation>
    </message>
    <message>
        <source>DESCRIPTION</source>
        <translation>DESCRIPTION</translation>
    </message>
    <message>
        <source>OPTIONS</source>
        <translation>OPTIONS</translation>
    </message>
    <message>
        <source>ARGUMENTS</source>
        <translation>ARGUMENTS</translation>
    </message>
    <message>
        <source>COMMANDS</source>
        <translation>COMMANDS</translation>
    </message>
    <message>
        <source>FILES</source>
        <translation>FILES</translation>
    </message>
    <message>
        <source>The machine&apos;s service keeps its data in %1, and takes options from VIGIE_OPTIONS in %2.</source>
        <translation>The machine&apos;s service keeps its data in %1, and takes options from VIGIE_OPTIONS in %2.</translation>
    </message>
    <message>
        <source>EXIT STATUS</source>
        <translation>EXIT STATUS</translation>
    </message>
    <message>
        <source>0 if all is well, 1 if something is wrong, 2 if called wrongly.</source>
        <translation>0 if all is well, 1 if something is wrong, 2 if called wrongly.</translation>
    </message>
    <message>
        <source>Once the program runs, its own.</source>
        <translation>Once the program runs, its own.</translation>
    </message>
    <message>
        <source>SEE ALSO</source>
        <translation>SEE ALSO</translation>
    </message>
</context>
<context>
    <name>PublicUrl</name>
    <message>
        <source>it must begin with http:// or https://</source>
        <translation>it must begin with http:// or https://</translation>
    </message>
    <message>
        <source>it is not a valid URL</source>
        <translation>it is not a valid URL</translation>
    </message>
    <message>
        <source>it names no host</source>
        <translation>it names no host</translation>
    </message>
    <message>
        <source>it must not hold a name and a password</source>
        <translation>it must not hold a name and a password</translation>
    </message>
    <message>
        <source>it must not have anything behind its path</source>
        <translation>it must not have anything behind its path</translation>
    </message>
    <message>
        <source>its path may hold letters, digits and - . _ ~ only</source>
        <translation>its path may hold letters, digits and - . _ ~ only</translation>
    </message>
</context>
<context>
    <name>RegularFile</name>
    <message>
        <source>it is not a regular file</source>
        <translation>it is not a regular file</translation>
    </message>
</context>
<context>
    <name>Sending</name>
    <message>
        <source>Cannot write to %1 (%2): what cannot be delivered waits in memory.</source>
        <translation>Cannot write to %1 (%2): what cannot be delivered waits in memory.</translation>
    </message>
    <message>
        <source>What waits for Vigie needs more room than there is: the oldest entries are dropped.</source>
        <translation>What waits for Vigie needs more room than there is: the oldest entries are dropped.</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) were refused.</source>
        <translation>
            <numerusform>%n entry was refused.</numerusform>
            <numerusform>%n entries were refused.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) could not be delivered, and are lost: %1.</source>
        <translation>
            <numerusform>%n entry could not be delivered, and is lost: %1.</numerusform>
            <numerusform>%n entries could not be delivered, and are lost: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) wait in %1: %2.</source>
        <translation>
            <numerusform>%n entry waits in %1: %2.</numerusform>
            <numerusform>%n entries wait in %1: %2.</numerusform>
        </translation>
    </message>
    <message>
        <source>Vigie has not answered yet</source>
        <translation>Vigie has not answered yet</translation>
    </message>
</context>
<context>
    <name>ServiceSight</name>
    <message>
        <source>the journal</source>
        <translation>the journal</translation>
    </message>
    <message>
        <source>log files in %1</source>
        <translation>log files in %1</translation>
    </message>
    <message>
        <source>containers</source>
        <translation>containers</translation>
    </message>
    <message>
        <source>This service may not see all of the machine. Lines that let it, for “systemctl edit vigie”, below [Service]:</source>
        <translation>This service may not see all of the machine. Lines that let it, for “systemctl edit vigie”, below [Service]:</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Cannot read %1: %2</source>
        <translation>Cannot read %1: %2</translation>
    </message>
    <message>
        <source>%1 is not a settings file (%2). Mend it or move it away.</source>
        <translation>%1 is not a settings file (%2). Mend it or move it away.</translation>
    </message>
    <message>
        <source>Cannot write %1: %2</source>
        <translation>Cannot write %1: %2</translation>
    </message>
    <message>
        <source>there is no setting “%1”</source>
        <translation>there is no setting “%1”</translation>
    </message>
    <message>
        <source>“%1” cannot be %2; %3 holds</source>
        <translation>“%1” cannot be %2; %3 holds</translation>
    </message>
</context>
<context>
    <name>SourceSettings</name>
    <message>
        <source>it is no object</source>
        <translation>it is no object</translation>
    </message>
    <message>
        <source>it has an unknown member “%1”</source>
        <translation>it has an unknown member “%1”</translation>
    </message>
    <message>
        <source>“%1” is no text</source>
        <translation>“%1” is no text</translation>
    </message>
    <message>
        <source>“%1” is neither true nor false</source>
        <translation>“%1” is neither true nor false</translation>
    </message>
    <message>
        <source>“%1” is no list</source>
        <translation>“%1” is no list</translation>
    </message>
    <message>
        <source>“%1” holds something else than texts</source>
        <translation>“%1” holds something else than texts</translation>
    </message>
    <message>
        <source>“%1” is no absolute path</source>
        <translation>“%1” is no absolute path</translation>
    </message>
    <message>
        <source>“%1” cannot be an application: %2</source>
        <translation>“%1” cannot be an application: %2</translation>
    </message>
    <message>
        <source>There is no time zone “%1”</source>
        <translation>There is no time zone “%1”</translation>
    </message>
    <message>
        <source>Cannot read %1: %2</source>
        <translation>Cannot read %1: %2</translation>
    </message>
    <message>
        <source>“maxPriority” is not between 0 and 7</source>
        <translation>“maxPriority” is not between 0 and 7</translation>
    </message>
    <message>
        <source>%1 cannot be used (%2). Mend it or move it away.</source>
        <translation>%1 cannot be used (%2). Mend it or move it away.</translation>
    </message>
    <message>
        <source>Cannot write %1: %2</source>
        <translation>Cannot write %1: %2</translation>
    </message>
    <message>
        <source>%1 is being changed by another program.</source>
        <translation>%1 is being changed by another program.</translation>
    </message>
    <message>
        <source>There is no format “%1”. These are known: %2</source>
        <translation>There is no format “%1”. These are known: %2</translation>
    </message>
</context>
<context>
    <name>SourceWords</name>
    <message>
        <source>Journal of another machine</source>
        <translation>Journal of another machine</translation>
    </message>
    <message>
        <source>File</source>
        <translation>File</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>Reading older entries</source>
        <translation>Reading older entries</translation>
    </message>
    <message>
        <source>Following</source>
        <translation>Following</translation>
    </message>
    <message>
        <source>Failing</source>
        <translation>Failing</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Ended</translation>
    </message>
    <message>
        <source>no token</source>
        <translation>no token</translation>
    </message>
    <message>
        <source>the token does not allow it</source>
        <translation>the token does not allow it</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>too large</translation>
    </message>
    <message>
        <source>not understood</source>
        <translation>not understood</translation>
    </message>
    <message>
        <source>no time zone</source>
        <translation>no time zone</translation>
    </message>
    <message>
        <source>a line that was probably cut by its sender</source>
        <translation>a line that was probably cut by its sender</translation>
    </message>
    <message>
        <source>removed from the journal before it was read</source>
        <translation>removed from the journal before it was read</translation>
    </message>
    <message>
        <source>the file was cut before it was read</source>
        <translation>the file was cut before it was read</translation>
    </message>
    <message>
        <source>one application too many</source>
        <translation>one application too many</translation>
    </message>
    <message>
        <source>not supported</source>
        <translation>not supported</translation>
    </message>
    <message>
        <source>the container keeps no log</source>
        <translation>the container keeps no log</translation>
    </message>
    <message>
        <source>could not be read</source>
        <translation>could not be read</translation>
    </message>
    <message>
        <source>too many containers</source>
        <translation>too many containers</translation>
    </message>
    <message>
        <source>no service.name, so the program&apos;s name is used</source>
        <translation>no service.name, so the program&apos;s name is used</translation>
    </message>
    <message>
        <source>no JSON object</source>
        <translation>no JSON object</translation>
    </message>
    <message>
        <source>a packed file is damaged</source>
        <translation>a packed file is damaged</translation>
    </message>
    <message>
        <source>other reasons</source>
        <translation>other reasons</translation>
    </message>
    <message numerus="yes">
        <source>%Ln refused: %1</source>
        <translation>
            <numerusform>%Ln refused: %1</numerusform>
            <numerusform>%Ln refused: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln lost: %1</source>
        <translation>
            <numerusform>%Ln lost: %1</numerusform>
            <numerusform>%Ln lost: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln guessed: %1</source>
        <translation>
            <numerusform>%Ln guessed: %1</numerusform>
            <numerusform>%Ln guessed: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>First: the token&apos;s file</source>
        <translation>First: the token&apos;s file</translation>
    </message>
    <message>
        <source>Shell: pipe</source>
        <translation>Shell: pipe</translation>
    </message>
    <message>
        <source>Shell: program</source>
        <translation>Shell: program</translation>
    </message>
    <message>
        <source>Python: logging</source>
        <translation>Python: logging</translation>
    </message>
    <message>
        <source>Python: program</source>
        <translation>Python: program</translation>
    </message>
    <message>
        <source>Log files</source>
        <translation>Log files</translation>
    </message>
    <message>
        <source>systemd: journal</source>
        <translation>systemd: journal</translation>
    </message>
    <message>
        <source>Put the token in place of TOKEN; the other lines read it from the file.</source>
        <translation>Put the token in place of TOKEN; the other lines read it from the file.</translation>
    </message>
    <message>
        <source>Put your program in place of echo. What it writes while Vigie is not running is kept and sent later.</source>
        <translation>Put your program in place of echo. What it writes while Vigie is not running is kept and sent later.</translation>
    </message>
    <message>
        <source>Put your program in place of echo. Its output stays on the terminal, and its exit status is passed on.</source>
        <translation>Put your program in place of echo. Its output stays on the terminal, and its exit status is passed on.</translation>
    </message>
    <message>
        <source>Logs, metrics and traces, without changing the program app.js.</source>
        <translation>Logs, metrics and traces, without changing the program app.js.</translation>
    </message>
    <message>
        <source>Their JSON lines are understood; app.js is your program.</source>
        <translation>Their JSON lines are understood; app.js is your program.</translation>
    </message>
    <message>
        <source>Put it at the beginning of your program.</source>
        <translation>Put it at the beginning of your program.</translation>
    </message>
    <message>
        <source>What app.py prints, as it is printed.</source>
        <translation>What app.py prints, as it is printed.</translation>
    </message>
    <message>
        <source>Formats and rotation are found by looking. Of several files, put the pattern in quotes.</source>
        <translation>Formats and rotation are found by looking. Of several files, put the pattern in quotes.</translation>
    </message>
    <message>
        <source>Each container is an application; your user must be allowed to use the socket.</source>
        <translation>Each container is an application; your user must be allowed to use the socket.</translation>
    </message>
    <message>
        <source>Each unit is an application.</source>
        <translation>Each unit is an application.</translation>
    </message>
    <message>
        <source>For another machine&apos;s journal, as root there, with the address at which it reaches this one.</source>
        <translation>For another machine&apos;s journal, as root there, with the address at which it reaches this one.</translation>
    </message>
    <message>
        <source>too many failed sign-ins</source>
        <translation>too many failed sign-ins</translation>
    </message>
    <message>
        <source>an address that takes nothing</source>
        <translation>an address that takes nothing</translation>
    </message>
    <message>
        <source>neither JSON nor protobuf</source>
        <translation>neither JSON nor protobuf</translation>
    </message>
    <message>
        <source>There is no container engine here: its socket is missing</source>
        <translation>There is no container engine here: its socket is missing</translation>
    </message>
    <message>
        <source>The engine has ended</source>
        <translation>The engine has ended</translation>
    </message>
    <message>
        <source>The engine cannot be reached</source>
        <translation>The engine cannot be reached</translation>
    </message>
    <message>
        <source>What the engine answers is not HTTP</source>
        <translation>What the engine answers is not HTTP</translation>
    </message>
    <message>
        <source>The engine closed the connection too early</source>
        <translation>The engine closed the connection too early</translation>
    </message>
    <message>
        <source>The engine refuses</source>
        <translation>The engine refuses</translation>
    </message>
    <message>
        <source>It keeps no log that can be read</source>
        <translation>It keeps no log that can be read</translation>
    </message>
    <message>
        <source>There is no journal here that you may read</source>
        <translation>There is no journal here that you may read</translation>
    </message>
    <message>
        <source>libsystemd is not installed</source>
        <translation>libsystemd is not installed</translation>
    </message>
    <message>
        <source>It cannot be read</source>
        <translation>It cannot be read</translation>
    </message>
    <message>
        <source>One more application may not send</source>
        <translation>One more application may not send</translation>
    </message>
    <message>
        <source>The system does not tell when it changes: it is looked at every 2 seconds</source>
        <translation>The system does not tell when it changes: it is looked at every 2 seconds</translation>
    </message>
    <message>
        <source>Its port is in use by another program</source>
        <translation>Its port is in use by another program</translation>
    </message>
    <message>
        <source>Vigie cannot listen there</source>
        <translation>Vigie cannot listen there</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Container engine</source>
        <translation>Container engine</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>Idle</translation>
    </message>
    <message>
        <source>Node.js: OpenTelemetry</source>
        <translation>Node.js: OpenTelemetry</translation>
    </message>
    <message>
        <source>Node.js: pino, winston</source>
        <translation>Node.js: pino, winston</translation>
    </message>
    <message>
        <source>sent twice</source>
        <translation>sent twice</translation>
    </message>
    <message>
        <source>containers that could not be looked at</source>
        <translation>containers that could not be looked at</translation>
    </message>
</context>
<context>
    <name>TlsIdentity</name>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>%1 cannot be read: %2</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 cannot be written: %2</translation>
    </message>
    <message>
        <source>%1 holds no certificate in PEM.</source>
        <translation>%1 holds no certificate in PEM.</translation>
    </message>
    <message>
        <source>%1 holds no private key in PEM without a passphrase.</source>
        <translation>%1 holds no private key in PEM without a passphrase.</translation>
    </message>
    <message>
        <source>The key in %1 is not that of the certificate in %2.</source>
        <translation>The key in %1 is not that of the certificate in %2.</translation>
    </message>
    <message>
        <source>A certificate could not be made.</source>
        <translation>A certificate could not be made.</translation>
    </message>
</context>
<context>
    <name>Units</name>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>KiB</source>
        <translation>KiB</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>MiB</translation>
    </message>
    <message>
        <source>GiB</source>
        <translation>GiB</translation>
    </message>
    <message>
        <source>TiB</source>
        <translation>TiB</translation>
    </message>
    <message>
        <source>PiB</source>
        <translation>PiB</translation>
    </message>
    <message>
        <source>B/s</source>
        <translation>B/s</translation>
    </message>
    <message>
        <source>KiB/s</source>
        <translation>KiB/s</translation>
    </message>
    <message>
        <source>MiB/s</source>
        <translation>MiB/s</translation>
    </message>
    <message>
        <source>GiB/s</source>
        <translation>GiB/s</translation>
    </message>
    <message>
        <source>TiB/s</source>
        <translation>TiB/s</translation>
    </message>
    <message>
        <source>PiB/s</source>
        <translation>PiB/s</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 d %2 h</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 of %2, %3 free</source>
        <comment>used, total, free</comment>
        <translation>%1 of %2, %3 free</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 d</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
</context>
<context>
    <name>WatchCommand</name>
    <message>
        <source>no file matches yet</source>
        <translation>no file matches yet</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) match</source>
        <translation>
            <numerusform>%Ln file matches</numerusform>
            <numerusform>%Ln files match</numerusform>
        </translation>
    </message>
    <message>
        <source>--%1 does not go with this.</source>
        <translation>--%1 does not go with this.</translation>
    </message>
    <message>
        <source>%1 is not watched. vigie watch list shows what is.</source>
        <translation>%1 is not watched. vigie watch list shows what is.</translation>
    </message>
    <message>
        <source>What</source>
        <translation>What</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>the journal</source>
        <translation>the journal</translation>
    </message>
    <message>
        <source>by unit</source>
        <translation>by unit</translation>
    </message>
    <message>
        <source>all units</source>
        <translation>all units</translation>
    </message>
    <message>
        <source>containers</source>
        <translation>containers</translation>
    </message>
    <message>
        <source>by container</source>
        <translation>by container</translation>
    </message>
    <message>
        <source>all</source>
        <translation>all</translation>
    </message>
    <message>
        <source>OpenTelemetry</source>
        <translation>OpenTelemetry</translation>
    </message>
    <message>
        <source>by service</source>
        <translation>by service</translation>
    </message>
    <message>
        <source>port %1</source>
        <translation>port %1</translation>
    </message>
    <message>
        <source>Nothing is watched.</source>
        <translation>Nothing is watched.</translation>
    </message>
    <message>
        <source>Watching %1 for %2: %3.</source>
        <translation>Watching %1 for %2: %3.</translation>
    </message>
    <message>
        <source>%1 is watched no more.</source>
        <translation>%1 is watched no more.</translation>
    </message>
    <message>
        <source>Watching the journal.</source>
        <translation>Watching the journal.</translation>
    </message>
    <message>
        <source>The journal is watched no more.</source>
        <translation>The journal is watched no more.</translation>
    </message>
    <message>
        <source>Watching containers.</source>
        <translation>Watching containers.</translation>
    </message>
    <message>
        <source>Containers are watched no more.</source>
        <translation>Containers are watched no more.</translation>
    </message>
    <message>
        <source>Listening for OpenTelemetry on port %1.</source>
        <translation>Listening for OpenTelemetry on port %1.</translation>
    </message>
    <message>
        <source>Port %1 is not listened on any more.</source>
        <translation>Port %1 is not listened on any more.</translation>
    </message>
    <message>
        <source>The entries are those of &lt;application&gt;; must be given for files.</source>
        <translation>The entries are those of &lt;application&gt;; must be given for files.</translation>
    </message>
    <message>
        <source>application</source>
        <translation>application</translation>
    </message>
    <message>
        <source>format</source>
        <translation>format</translation>
    </message>
    <message>
        <source>Times that name no zone are those of &lt;zone&gt;, such as Europe/Paris; without it, this machine&apos;s.</source>
        <translation>Times that name no zone are those of &lt;zone&gt;, such as Europe/Paris; without it, this machine&apos;s.</translation>
    </message>
    <message>
        <source>zone</source>
        <translation>zone</translation>
    </message>
    <message>
        <source>Read also what is there already, packed files (.gz, .zst) included.</source>
        <translation>Read also what is there already, packed files (.gz, .zst) included.</translation>
    </message>
    <message>
        <source>Watch systemd&apos;s journal.</source>
        <translation>Watch systemd&apos;s journal.</translation>
    </message>
    <message>
        <source>Only of &lt;unit&gt;; may be given several times.</source>
        <translation>Only of &lt;unit&gt;; may be given several times.</translation>
    </message>
    <message>
        <source>unit</source>
        <translation>unit</translation>
    </message>
    <message>
        <source>Only entries of &lt;priority&gt;, from emerg (0) to debug (7), and more important ones.</source>
        <translation>Only entries of &lt;priority&gt;, from emerg (0) to debug (7), and more important ones.</translation>
    </message>
    <message>
        <source>priority</source>
        <translation>priority</translation>
    </message>
    <message>
        <source>Only since the machine was started.</source>
        <translation>Only since the machine was started.</translation>
    </message>
    <message>
        <source>Watch the containers of Docker and Podman.</source>
        <translation>Watch the containers of Docker and Podman.</translation>
    </message>
    <message>
        <source>By &lt;socket&gt;; may be given several times. Without it, by those that are usual.</source>
        <translation>By &lt;socket&gt;; may be given several times. Without it, by those that are usual.</translation>
    </message>
    <message>
        <source>socket</source>
        <translation>socket</translation>
    </message>
    <message>
        <source>Only containers named &lt;name&gt;, with * and ?; may be given several times.</source>
        <translation>Only containers named &lt;name&gt;, with * and ?; may be given several times.</translation>
    </message>
    <message>
        <source>name</source>
        <translation>name</translation>
    </message>
    <message>
        <source>Listen on port 4318 as well, where OpenTelemetry&apos;s exporters send to.</source>
        <translation>Listen on port 4318 as well, where OpenTelemetry&apos;s exporters send to.</translation>
    </message>
    <message>
        <source>vigie watch needs to know what to do: add, list, remove.</source>
        <translation>vigie watch needs to know what to do: add, list, remove.</translation>
    </message>
    <message>
        <source>vigie watch has no action “%1”. Use add, list, remove.</source>
        <translation>vigie watch has no action “%1”. Use add, list, remove.</translation>
    </message>
    <message>
        <source>vigie watch list takes nothing else.</source>
        <translation>vigie watch list takes nothing else.</translation>
    </message>
    <message>
        <source>Either files, or one of --journal, --containers and --otlp must be given.</source>
        <translation>Either files, or one of --journal, --containers and --otlp must be given.</translation>
    </message>
    <message>
        <source>A file must have a name.</source>
        <translation>A file must have a name.</translation>
    </message>
    <message>
        <source>--app must name an application.</source>
        <translation>--app must name an application.</translation>
    </message>
    <message>
        <source>--%1 must be one of: %2; not “%3”.</source>
        <translation>--%1 must be one of: %2; not “%3”.</translation>
    </message>
    <message>
        <source>There is no data folder %1.</source>
        <translation>There is no data folder %1.</translation>
    </message>
    <message>
        <source>It is read as soon as Vigie runs.</source>
        <translation>It is read as soon as Vigie runs.</translation>
    </message>
    <message>
        <source>The journal in &lt;folder&gt; in place of the machine&apos;s own.</source>
        <translation>The journal in &lt;folder&gt; in place of the machine&apos;s own.</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>folder</translation>
    </message>
    <message>
        <source>The lines are in &lt;format&gt;, one of %1; without it, that is found by looking.</source>
        <translation>The lines are in &lt;format&gt;, one of %1; without it, that is found by looking.</translation>
    </message>
    <message>
        <source>%1 is a folder. Its files are watched by &apos;%2&apos;.</source>
        <translation>%1 is a folder. Its files are watched by &apos;%2&apos;.</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>vigie: %1</source>
        <translation>vigie: %1</translation>
    </message>
    <message>
        <source>Cannot make the data folder %1.</source>
        <translation>Cannot make the data folder %1.</translation>
    </message>
    <message>
        <source>Cannot read and write the data folder %1.</source>
        <translation>Cannot read and write the data folder %1.</translation>
    </message>
    <message>
        <source>Try vigie --help.</source>
        <translation>Try vigie --help.</translation>
    </message>
    <message>
        <source>No display: running without a window.</source>
        <translation>No display: running without a window.</translation>
    </message>
    <message>
        <source>The data folder %1 is in use by another Vigie (process %2 on %3).</source>
        <translation>The data folder %1 is in use by another Vigie (process %2 on %3).</translation>
    </message>
    <message>
        <source>The data folder %1 is in use by another Vigie.</source>
        <translation>The data folder %1 is in use by another Vigie.</translation>
    </message>
    <message>
        <source>Cannot write %1: %2</source>
        <translation>Cannot write %1: %2</translation>
    </message>
    <message>
        <source>Cannot listen at %1: %2</source>
        <translation>Cannot listen at %1: %2</translation>
    </message>
    <message>
        <source>There is no file %1.</source>
        <translation>There is no file %1.</translation>
    </message>
    <message>
        <source>This needs a display, or a Vigie that runs with a window.</source>
        <translation>This needs a display, or a Vigie that runs with a window.</translation>
    </message>
    <message>
        <source>It is at %1.</source>
        <translation>It is at %1.</translation>
    </message>
    <message>
        <source>It has no window.</source>
        <translation>It has no window.</translation>
    </message>
    <message>
        <source>Cannot make the folder %1.</source>
        <translation>Cannot make the folder %1.</translation>
    </message>
    <message>
        <source>a path must not hold a line break</source>
        <translation>a path must not hold a line break</translation>
    </message>
    <message>
        <source>Vigie is running already (process %1): its window was asked to come to the front.</source>
        <translation>Vigie is running already (process %1): its window was asked to come to the front.</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2</source>
        <translation>%1 cannot be used: %2</translation>
    </message>
    <message>
        <source>Cannot write the standard output: %1</source>
        <translation>Cannot write the standard output: %1</translation>
    </message>
    <message>
        <source>Vigie is running already (process %1): its window was asked to open %2.</source>
        <translation>Vigie is running already (process %1): its window was asked to open %2.</translation>
    </message>
    <message>
        <source>%1 was written by a later Vigie, and this one cannot read it. Install that version again; or start this one with another --data-dir, and bring entries over by the later one&apos;s vigie export.</source>
        <translation>%1 was written by a later Vigie, and this one cannot read it. Install that version again; or start this one with another --data-dir, and bring entries over by the later one&apos;s vigie export.</translation>
    </message>
</context>
<context>
    <name>vigie::AccessDialog</name>
    <message>
        <source>Clients and Access</source>
        <translation>Clients and Access</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>Clients</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>Applications</source>
        <translation>Applications</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>Blocked</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Limits</translation>
    </message>
</context>
<context>
    <name>vigie::AccessStore</name>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 cannot be written: %2</translation>
    </message>
    <message>
        <source>%1 cannot be read</source>
        <translation>%1 cannot be read</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>%1 cannot be read: %2</translation>
    </message>
    <message>
        <source>%1 cannot be written</source>
        <translation>%1 cannot be written</translation>
    </message>
</context>
<context>
    <name>vigie::ActivityBar</name>
    <message>
        <source>Not reachable</source>
        <translation>Not reachable</translation>
    </message>
    <message>
        <source>Address to share</source>
        <translation>Address to share</translation>
    </message>
    <message>
        <source>%1 entries/s</source>
        <translation>%1 entries/s</translation>
    </message>
    <message>
        <source>%1 errors</source>
        <translation>%1 errors</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Copy the address</translation>
    </message>
    <message numerus="yes">
        <source>%Ln client(s)</source>
        <translation>
            <numerusform>%Ln client</numerusform>
            <numerusform>%Ln clients</numerusform>
        </translation>
    </message>
    <message>
        <source>Shared at %1</source>
        <translation>Shared at %1</translation>
    </message>
    <message>
        <source>Programs of this machine connect to %1, as before.</source>
        <translation>Programs of this machine connect to %1, as before.</translation>
    </message>
    <message>
        <source>Shared, but on no network now</source>
        <translation>Shared, but on no network now</translation>
    </message>
    <message>
        <source>The certificate&apos;s SHA-256: %1</source>
        <translation>The certificate&apos;s SHA-256: %1</translation>
    </message>
    <message>
        <source>Programs of this machine connect to %1.</source>
        <translation>Programs of this machine connect to %1.</translation>
    </message>
    <message>
        <source>On this machine only your own programs and root&apos;s come in without a token.</source>
        <translation>On this machine only your own programs and root&apos;s come in without a token.</translation>
    </message>
    <message>
        <source>On this machine the programs of all users come in without a token.</source>
        <translation>On this machine the programs of all users come in without a token.</translation>
    </message>
    <message>
        <source>This machine has been up for %1</source>
        <comment>uptime</comment>
        <translation>This machine has been up for %1</translation>
    </message>
</context>
<context>
    <name>vigie::Application</name>
    <message>
        <source>Vigie is at %1</source>
        <translation>Vigie is at %1</translation>
    </message>
    <message>
        <source>vigie: %1</source>
        <translation>vigie: %1</translation>
    </message>
    <message>
        <source>vigie: A history file could not be read; it is kept as %1.</source>
        <translation>vigie: A history file could not be read; it is kept as %1.</translation>
    </message>
    <message>
        <source>vigie: %1. Nobody is let in by a token.</source>
        <translation>vigie: %1. Nobody is let in by a token.</translation>
    </message>
    <message>
        <source>Its certificate&apos;s SHA-256: %1</source>
        <translation>Its certificate&apos;s SHA-256: %1</translation>
    </message>
    <message>
        <source>vigie: Whoever reaches this address reads and changes everything, and what is sent can be read on the way.</source>
        <translation>vigie: Whoever reaches this address reads and changes everything, and what is sent can be read on the way.</translation>
    </message>
    <message>
        <source>Shared at %1</source>
        <translation>Shared at %1</translation>
    </message>
    <message>
        <source>Sharing is off, as Vigie was started with --host %1. Share… turns it on.</source>
        <translation>Sharing is off, as Vigie was started with --host %1. Share… turns it on.</translation>
    </message>
    <message>
        <source>Shared, but this machine has no address on a network now.</source>
        <translation>Shared, but this machine has no address on a network now.</translation>
    </message>
    <message>
        <source>vigie: What is sent can be read and changed on the way, tokens too.</source>
        <translation>vigie: What is sent can be read and changed on the way, tokens too.</translation>
    </message>
    <message>
        <source>Programs of this machine connect to %1</source>
        <translation>Programs of this machine connect to %1</translation>
    </message>
    <message>
        <source>settings.json: from the next start on: %1</source>
        <translation>settings.json: from the next start on: %1</translation>
    </message>
    <message numerus="yes">
        <source>Joined the bus: %n copies of each entry.</source>
        <translation>
            <numerusform>Joined the bus: one copy of each entry.</numerusform>
            <numerusform>Joined the bus: %n copies of each entry.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not on the bus: %1. What comes is shared as soon as it is.</source>
        <translation>Not on the bus: %1. What comes is shared as soon as it is.</translation>
    </message>
    <message>
        <source>The bus is not as it should be: %1.</source>
        <translation>The bus is not as it should be: %1.</translation>
    </message>
    <message numerus="yes">
        <source>%n messages were no longer on the bus when this machine came back.</source>
        <translation>
            <numerusform>One message was no longer on the bus when this machine came back.</numerusform>
            <numerusform>%n messages were no longer on the bus when this machine came back.</numerusform>
        </translation>
    </message>
    <message>
        <source>Something on the bus is not understood; it is of a later Vigie, or damaged.</source>
        <translation>Something on the bus is not understood; it is of a later Vigie, or damaged.</translation>
    </message>
</context>
<context>
    <name>vigie::AppsPage</name>
    <message>
        <source>Add Application</source>
        <translation>Add Application</translation>
    </message>
    <message>
        <source>Its name, as its programs give it:</source>
        <translation>Its name, as its programs give it:</translation>
    </message>
    <message>
        <source>Remove Application</source>
        <translation>Remove Application</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>Remove %1?</translation>
    </message>
    <message>
        <source>Its tokens are revoked, and whoever is connected with one is disconnected. Its logs are kept.</source>
        <translation>Its tokens are revoked, and whoever is connected with one is disconnected. Its logs are kept.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Valid tokens</source>
        <translation>Valid tokens</translation>
    </message>
    <message>
        <source>Applications</source>
        <translation>Applications</translation>
    </message>
    <message>
        <source>&amp;Add Application…</source>
        <translation>&amp;Add Application…</translation>
    </message>
    <message>
        <source>&amp;Remove…</source>
        <translation>&amp;Remove…</translation>
    </message>
    <message>
        <source>There are no applications with tokens.</source>
        <translation>There are no applications with tokens.</translation>
    </message>
</context>
<context>
    <name>vigie::AuditPage</name>
    <message>
        <source>Export Audit</source>
        <translation>Export Audit</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>JSON lines (*.jsonl)</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Event</translation>
    </message>
    <message>
        <source>User</source>
        <translation>User</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Detail</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Export…</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>Search the audit</source>
        <translation>Search the audit</translation>
    </message>
    <message>
        <source>Nothing has happened yet.</source>
        <translation>Nothing has happened yet.</translation>
    </message>
    <message>
        <source>Of %1 events, the newest %2 are shown and searched. Export writes them all.</source>
        <translation>Of %1 events, the newest %2 are shown and searched. Export writes them all.</translation>
    </message>
</context>
<context>
    <name>vigie::BlocksPage</name>
    <message>
        <source>Address</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>Known as</source>
        <translation>Known as</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Since</translation>
    </message>
    <message>
        <source>Blocked addresses</source>
        <translation>Blocked addresses</translation>
    </message>
    <message>
        <source>&amp;Unblock</source>
        <translation>&amp;Unblock</translation>
    </message>
    <message>
        <source>No address is blocked.</source>
        <translation>No address is blocked.</translation>
    </message>
</context>
<context>
    <name>vigie::CertificateDialog</name>
    <message>
        <source>Certificate</source>
        <translation>Certificate</translation>
    </message>
    <message>
        <source>People who open your links see this machine&apos;s certificate. It is the right one if the browser shows this SHA-256, so give it to them another way, for example by phone.</source>
        <translation>People who open your links see this machine&apos;s certificate. It is the right one if the browser shows this SHA-256, so give it to them another way, for example by phone.</translation>
    </message>
    <message>
        <source>SHA-256 of the certificate</source>
        <translation>SHA-256 of the certificate</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copy</translation>
    </message>
</context>
<context>
    <name>vigie::ChartCard</name>
    <message>
        <source>Waiting for the first measurement…</source>
        <translation>Waiting for the first measurement…</translation>
    </message>
    <message>
        <source>%1, chart</source>
        <translation>%1, chart</translation>
    </message>
    <message>
        <source>As of %1</source>
        <comment>time</comment>
        <translation>As of %1</translation>
    </message>
</context>
<context>
    <name>vigie::ClientsPage</name>
    <message>
        <source>Not signed in</source>
        <translation>Not signed in</translation>
    </message>
    <message>
        <source>No token needed</source>
        <translation>No token needed</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entry(s)</source>
        <translation>
            <numerusform>%Ln entry</numerusform>
            <numerusform>%Ln entries</numerusform>
        </translation>
    </message>
    <message>
        <source>None</source>
        <comment>lag</comment>
        <translation>None</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>Block %1?</source>
        <translation>Block %1?</translation>
    </message>
    <message>
        <source>Nobody at this address can connect any more.</source>
        <translation>Nobody at this address can connect any more.</translation>
    </message>
    <message>
        <source>Programs on this machine cannot be blocked by address.</source>
        <translation>Programs on this machine cannot be blocked by address.</translation>
    </message>
    <message>
        <source>User</source>
        <translation>User</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Since</translation>
    </message>
    <message>
        <source>In</source>
        <translation>In</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Out</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>Lag</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>Clients</translation>
    </message>
    <message>
        <source>&amp;Disconnect</source>
        <translation>&amp;Disconnect</translation>
    </message>
    <message>
        <source>&amp;Block…</source>
        <translation>&amp;Block…</translation>
    </message>
    <message>
        <source>Nobody is connected.</source>
        <translation>Nobody is connected.</translation>
    </message>
    <message>
        <source>Nobody at this address can connect any more, and this client&apos;s token is revoked.</source>
        <translation>Nobody at this address can connect any more, and this client&apos;s token is revoked.</translation>
    </message>
</context>
<context>
    <name>vigie::ConnectHint</name>
    <message>
        <source>No logs yet</source>
        <translation>No logs yet</translation>
    </message>
    <message>
        <source>Applications can send their logs as soon as the server listens.</source>
        <translation>Applications can send their logs as soon as the server listens.</translation>
    </message>
    <message>
        <source>Code that sends a first entry</source>
        <translation>Code that sends a first entry</translation>
    </message>
    <message>
        <source>Programs of other users of this machine need a token as well.</source>
        <translation>Programs of other users of this machine need a token as well.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copied</translation>
    </message>
    <message>
        <source>The charts of this machine are recorded already; nothing has to be sent for them.</source>
        <translation>The charts of this machine are recorded already; nothing has to be sent for them.</translation>
    </message>
    <message>
        <source>Shell</source>
        <translation>Shell</translation>
    </message>
    <message>
        <source>Open in Browser</source>
        <translation>Open in Browser</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>Paste it into a terminal; it needs curl</source>
        <translation>Paste it into a terminal; it needs curl</translation>
    </message>
    <message>
        <source>Paste it into a terminal; it needs Python 3</source>
        <translation>Paste it into a terminal; it needs Python 3</translation>
    </message>
    <message>
        <source>Paste it into the browser&apos;s console (F12) or Node.js 22</source>
        <translation>Paste it into the browser&apos;s console (F12) or Node.js 22</translation>
    </message>
    <message>
        <source>Applications send their logs to %1. Copy this, run it, and the first entry appears here.</source>
        <translation>Applications send their logs to %1. Copy this, run it, and the first entry appears here.</translation>
    </message>
    <message>
        <source>Add a Source…</source>
        <translation>Add a Source…</translation>
    </message>
</context>
<context>
    <name>vigie::CornerBar</name>
    <message>
        <source>Range of the charts</source>
        <translation>Range of the charts</translation>
    </message>
</context>
<context>
    <name>vigie::CpuCard</name>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>This machine gives no CPU figures.</source>
        <translation>This machine gives no CPU figures.</translation>
    </message>
    <message>
        <source>used</source>
        <translation>used</translation>
    </message>
    <message>
        <source>%1 · load %2  %3  %4</source>
        <comment>cores, load averages</comment>
        <translation>%1 · load %2  %3  %4</translation>
    </message>
    <message numerus="yes">
        <source>%Ln core(s)</source>
        <translation>
            <numerusform>%Ln core</numerusform>
            <numerusform>%Ln cores</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln core(s) allowed to Vigie</source>
        <comment>0.5 of 2 cores</comment>
        <translation>
            <numerusform>%1 of %Ln core allowed to Vigie</numerusform>
            <numerusform>%1 of %Ln cores allowed to Vigie</numerusform>
        </translation>
    </message>
    <message>
        <source>Core %1</source>
        <translation>Core %1</translation>
    </message>
</context>
<context>
    <name>vigie::DeleteDialog</name>
    <message>
        <source>Delete Stored Entries</source>
        <translation>Delete Stored Entries</translation>
    </message>
    <message>
        <source>Delete the entries of “%1” that Vigie holds in memory?</source>
        <translation>Delete the entries of “%1” that Vigie holds in memory?</translation>
    </message>
    <message>
        <source>They are gone for good, for everyone who reads them, here and in browsers. To empty only this view, choose Clear View instead.</source>
        <translation>They are gone for good, for everyone who reads them, here and in browsers. To empty only this view, choose Clear View instead.</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Delete</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln stored entry(ies) of “%1” for good?</source>
        <translation>
            <numerusform>Delete %Ln stored entry of “%1” for good?</numerusform>
            <numerusform>Delete %Ln stored entries of “%1” for good?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete more than %Ln stored entry(ies) of “%1” for good?</source>
        <translation>
            <numerusform>Delete more than %Ln stored entry of “%1” for good?</numerusform>
            <numerusform>Delete more than %Ln stored entries of “%1” for good?</numerusform>
        </translation>
    </message>
    <message>
        <source>Counting the stored entries of “%1”…</source>
        <translation>Counting the stored entries of “%1”…</translation>
    </message>
    <message>
        <source>Delete all stored entries of “%1” for good? Their number is unknown, as the store does not answer.</source>
        <translation>Delete all stored entries of “%1” for good? Their number is unknown, as the store does not answer.</translation>
    </message>
</context>
<context>
    <name>vigie::DiskCard</name>
    <message>
        <source>Disk</source>
        <translation>Disk</translation>
    </message>
    <message>
        <source>This machine gives no disk figures.</source>
        <translation>This machine gives no disk figures.</translation>
    </message>
    <message>
        <source>read</source>
        <translation>read</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Read</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Written</translation>
    </message>
    <message>
        <source>written</source>
        <translation>written</translation>
    </message>
    <message>
        <source>%1 full · %2</source>
        <comment>share, used of total</comment>
        <translation>%1 full · %2</translation>
    </message>
</context>
<context>
    <name>vigie::EntryBars</name>
    <message>
        <source>Entries by level over time</source>
        <translation>Entries by level over time</translation>
    </message>
    <message>
        <source>%1 entries, %2 errors</source>
        <translation>%1 entries, %2 errors</translation>
    </message>
    <message>
        <source>Entries by level</source>
        <translation>Entries by level</translation>
    </message>
    <message>
        <source>Entries by level, the oldest not counted</source>
        <translation>Entries by level, the oldest not counted</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>up to %1 in %2</source>
        <comment>entries, time</comment>
        <translation>up to %1 in %2</translation>
    </message>
    <message>
        <source>Trace</source>
        <translation>Trace</translation>
    </message>
    <message>
        <source>Debug</source>
        <translation>Debug</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Info</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warning</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Error</translation>
    </message>
    <message>
        <source>Fatal</source>
        <translation>Fatal</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Other</translation>
    </message>
</context>
<context>
    <name>vigie::EntryMenu</name>
    <message>
        <source>&amp;Copy as Text</source>
        <translation>&amp;Copy as Text</translation>
    </message>
    <message>
        <source>Copy as &amp;JSON</source>
        <translation>Copy as &amp;JSON</translation>
    </message>
    <message>
        <source>&amp;Filter For</source>
        <translation>&amp;Filter For</translation>
    </message>
    <message>
        <source>Filter &amp;Out</source>
        <translation>Filter &amp;Out</translation>
    </message>
    <message>
        <source>&amp;Around This Moment</source>
        <translation>&amp;Around This Moment</translation>
    </message>
    <message>
        <source>&amp;Highlight…</source>
        <translation>&amp;Highlight…</translation>
    </message>
    <message>
        <source>Show &amp;Trace</source>
        <translation>Show &amp;Trace</translation>
    </message>
</context>
<context>
    <name>vigie::ExportDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Export Entries</source>
        <translation>Export Entries</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entry(ies) written…</source>
        <translation>
            <numerusform>%Ln entry written…</numerusform>
            <numerusform>%Ln entries written…</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entry(ies) written to %1.</source>
        <translation>
            <numerusform>%Ln entry written to %1.</numerusform>
            <numerusform>%Ln entries written to %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>Cannot write %1: %2. Nothing was left there.</source>
        <translation>Cannot write %1: %2. Nothing was left there.</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>JSON lines (*.jsonl)</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>Text (*.txt)</translation>
    </message>
    <message>
        <source>logs</source>
        <translation>logs</translation>
    </message>
</context>
<context>
    <name>vigie::FileBar</name>
    <message>
        <source>Reading %1: %2 lines so far…</source>
        <translation>Reading %1: %2 lines so far…</translation>
    </message>
    <message>
        <source>%1: all %2 lines.</source>
        <translation>%1: all %2 lines.</translation>
    </message>
    <message>
        <source>%1: the newest %2 entries of %3 lines.</source>
        <translation>%1: the newest %2 entries of %3 lines.</translation>
    </message>
    <message>
        <source>Followed as it grows.</source>
        <translation>Followed as it grows.</translation>
    </message>
    <message>
        <source>Compressed, so not followed.</source>
        <translation>Compressed, so not followed.</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Hide</translation>
    </message>
    <message>
        <source>Hide this note</source>
        <translation>Hide this note</translation>
    </message>
    <message>
        <source>Close File</source>
        <translation>Close File</translation>
    </message>
</context>
<context>
    <name>vigie::FileFollower</name>
    <message numerus="yes">
        <source>No more than %n files can be open at once.</source>
        <translation>
            <numerusform>No more than %n file can be open at once.</numerusform>
            <numerusform>No more than %n files can be open at once.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vigie::FilterChips</name>
    <message>
        <source>Level</source>
        <translation>Level</translation>
    </message>
    <message>
        <source>From</source>
        <translation>From</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Remove the filter %1</source>
        <translation>Remove the filter %1</translation>
    </message>
</context>
<context>
    <name>vigie::GeneralSettings</name>
    <message>
        <source>Theme</source>
        <translation>Theme</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>As the desktop</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>Font of the log</source>
        <translation>Font of the log</translation>
    </message>
    <message>
        <source>The desktop&apos;s fixed-width font</source>
        <translation>The desktop&apos;s fixed-width font</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>Font</translation>
    </message>
    <message>
        <source>As the window&apos;s text</source>
        <translation>As the window&apos;s text</translation>
    </message>
    <message>
        <source>%1 pt</source>
        <translation>%1 pt</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Size</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Session</translation>
    </message>
    <message>
        <source>Start Vigie when I log in</source>
        <translation>Start Vigie when I log in</translation>
    </message>
    <message>
        <source>Closing the window</source>
        <translation>Closing the window</translation>
    </message>
    <message>
        <source>Asks what to do</source>
        <translation>Asks what to do</translation>
    </message>
    <message>
        <source>Quits Vigie</source>
        <translation>Quits Vigie</translation>
    </message>
    <message>
        <source>Keeps Vigie running in the tray</source>
        <translation>Keeps Vigie running in the tray</translation>
    </message>
    <message>
        <source>This desktop has no tray: closing the window quits Vigie.</source>
        <translation>This desktop has no tray: closing the window quits Vigie.</translation>
    </message>
</context>
<context>
    <name>vigie::HiddenHint</name>
    <message>
        <source>Charts and logs are hidden.</source>
        <translation>Charts and logs are hidden.</translation>
    </message>
    <message>
        <source>Show Charts</source>
        <translation>Show Charts</translation>
    </message>
    <message>
        <source>Show Logs</source>
        <translation>Show Logs</translation>
    </message>
</context>
<context>
    <name>vigie::HighlightsDialog</name>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Remove</translation>
    </message>
    <message>
        <source>Highlights</source>
        <translation>Highlights</translation>
    </message>
    <message>
        <source>There are %1 highlights, as many as there can be. Remove one to add another.</source>
        <translation>There are %1 highlights, as many as there can be. Remove one to add another.</translation>
    </message>
    <message>
        <source>Entries whose message or metadata contain one of these texts are shown in its colour.</source>
        <translation>Entries whose message or metadata contain one of these texts are shown in its colour.</translation>
    </message>
</context>
<context>
    <name>vigie::HistorySettings</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Measure every</source>
        <translation>Measure every</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>Logs</translation>
    </message>
    <message>
        <source>Keep for</source>
        <translation>Keep for</translation>
    </message>
    <message>
        <source>days</source>
        <translation>days</translation>
    </message>
    <message>
        <source>Disk space, at most</source>
        <translation>Disk space, at most</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>MiB</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Figures</translation>
    </message>
    <message>
        <source>Whichever comes first: beyond either, the oldest is deleted for good. Lower values take effect within a minute.</source>
        <translation>Whichever comes first: beyond either, the oldest is deleted for good. Lower values take effect within a minute.</translation>
    </message>
</context>
<context>
    <name>vigie::JoinBanner</name>
    <message>
        <source>Let in…</source>
        <translation>Let in…</translation>
    </message>
    <message>
        <source>This &amp;Once</source>
        <translation>This &amp;Once</translation>
    </message>
    <message>
        <source>For a &amp;Day</source>
        <translation>For a &amp;Day</translation>
    </message>
    <message>
        <source>&amp;Always</source>
        <translation>&amp;Always</translation>
    </message>
    <message>
        <source>No</source>
        <translation>No</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>Refuse, and block this address</source>
        <translation>Refuse, and block this address</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more wait(s).</source>
        <translation>
            <numerusform>%Ln more waits.</numerusform>
            <numerusform>%Ln more wait.</numerusform>
        </translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>To read</source>
        <translation>To read</translation>
    </message>
    <message>
        <source>From</source>
        <translation>From</translation>
    </message>
    <message>
        <source>As they say: not verified</source>
        <translation>As they say: not verified</translation>
    </message>
    <message>
        <source>Someone is asking for access</source>
        <translation>Someone is asking for access</translation>
    </message>
</context>
<context>
    <name>vigie::LevelsMenu</name>
    <message>
        <source>All levels</source>
        <translation>All levels</translation>
    </message>
    <message>
        <source>Warning and above</source>
        <translation>Warning and above</translation>
    </message>
    <message>
        <source>Trace only</source>
        <translation>Trace only</translation>
    </message>
    <message>
        <source>Debug only</source>
        <translation>Debug only</translation>
    </message>
    <message>
        <source>Info only</source>
        <translation>Info only</translation>
    </message>
    <message>
        <source>Warnings only</source>
        <translation>Warnings only</translation>
    </message>
    <message>
        <source>Errors only</source>
        <translation>Errors only</translation>
    </message>
    <message>
        <source>Fatal only</source>
        <translation>Fatal only</translation>
    </message>
    <message>
        <source>Other levels only</source>
        <translation>Other levels only</translation>
    </message>
    <message numerus="yes">
        <source>%Ln level(s)</source>
        <translation>
            <numerusform>%Ln level</numerusform>
            <numerusform>%Ln levels</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Levels</source>
        <translation>&amp;Levels</translation>
    </message>
    <message>
        <source>&amp;All</source>
        <translation>&amp;All</translation>
    </message>
    <message>
        <source>Warning and A&amp;bove</source>
        <translation>Warning and A&amp;bove</translation>
    </message>
    <message>
        <source>A click shows only that level; a click on its box adds it or takes it away</source>
        <translation>A click shows only that level; a click on its box adds it or takes it away</translation>
    </message>
    <message>
        <source>&amp;Trace</source>
        <translation>&amp;Trace</translation>
    </message>
    <message>
        <source>&amp;Debug</source>
        <translation>&amp;Debug</translation>
    </message>
    <message>
        <source>&amp;Info</source>
        <translation>&amp;Info</translation>
    </message>
    <message>
        <source>&amp;Warning</source>
        <translation>&amp;Warning</translation>
    </message>
    <message>
        <source>&amp;Error</source>
        <translation>&amp;Error</translation>
    </message>
    <message>
        <source>&amp;Fatal</source>
        <translation>&amp;Fatal</translation>
    </message>
    <message>
        <source>&amp;Other</source>
        <translation>&amp;Other</translation>
    </message>
</context>
<context>
    <name>vigie::LimitSettings</name>
    <message>
        <source>What applications and viewers may use at most. Changes take effect when Vigie is started again.</source>
        <translation>What applications and viewers may use at most. Changes take effect when Vigie is started again.</translation>
    </message>
    <message>
        <source>Limit this machine&apos;s programs too</source>
        <translation>Limit this machine&apos;s programs too</translation>
    </message>
</context>
<context>
    <name>vigie::LimitsPage</name>
    <message>
        <source>%1 per second, %2 at once</source>
        <translation>%1 per second, %2 at once</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Limit</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>At most</translation>
    </message>
    <message>
        <source>Refused since the start</source>
        <translation>Refused since the start</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Limits</translation>
    </message>
    <message>
        <source>%1 levels, words of %2</source>
        <translation>%1 levels, words of %2</translation>
    </message>
    <message>
        <source>%1 at once, %2 of one address, %3 per hour</source>
        <translation>%1 at once, %2 of one address, %3 per hour</translation>
    </message>
</context>
<context>
    <name>vigie::ListenBanner</name>
    <message>
        <source>Shared without protection: whoever reaches %1 reads and changes everything.</source>
        <translation>Shared without protection: whoever reaches %1 reads and changes everything.</translation>
    </message>
    <message>
        <source>Shared without encryption: what goes to and from %1 can be read and changed on the way, tokens too.</source>
        <translation>Shared without encryption: what goes to and from %1 can be read and changed on the way, tokens too.</translation>
    </message>
</context>
<context>
    <name>vigie::LogActions</name>
    <message>
        <source>&amp;Find…</source>
        <translation>&amp;Find…</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>F&amp;ollow New Entries</source>
        <translation>F&amp;ollow New Entries</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Follow</translation>
    </message>
    <message>
        <source>Show &amp;Details</source>
        <translation>Show &amp;Details</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>&amp;Reset Filters</source>
        <translation>&amp;Reset Filters</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Reset</translation>
    </message>
    <message>
        <source>C&amp;lear View</source>
        <translation>C&amp;lear View</translation>
    </message>
    <message>
        <source>&amp;Go to Time…</source>
        <translation>&amp;Go to Time…</translation>
    </message>
    <message>
        <source>Go to time</source>
        <translation>Go to time</translation>
    </message>
    <message>
        <source>&amp;Wrap Lines</source>
        <translation>&amp;Wrap Lines</translation>
    </message>
    <message>
        <source>Wrap lines</source>
        <translation>Wrap lines</translation>
    </message>
    <message>
        <source>&amp;Copy Entry as JSON</source>
        <translation>&amp;Copy Entry as JSON</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Export…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>&amp;Highlights…</source>
        <translation>&amp;Highlights…</translation>
    </message>
    <message>
        <source>Highlights</source>
        <translation>Highlights</translation>
    </message>
    <message>
        <source>Clear view</source>
        <translation>Clear view</translation>
    </message>
    <message>
        <source>Delete &amp;Stored Entries…</source>
        <translation>Delete &amp;Stored Entries…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>S&amp;aved Searches</source>
        <translation>S&amp;aved Searches</translation>
    </message>
    <message>
        <source>&amp;Save This Search…</source>
        <translation>&amp;Save This Search…</translation>
    </message>
    <message>
        <source>Save search</source>
        <translation>Save search</translation>
    </message>
</context>
<context>
    <name>vigie::LogCommands</name>
    <message>
        <source>Highlight</source>
        <translation>Highlight</translation>
    </message>
    <message>
        <source>Save Search</source>
        <translation>Save Search</translation>
    </message>
    <message>
        <source>Name of the search:</source>
        <translation>Name of the search:</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Delete</translation>
    </message>
    <message>
        <source>Highlight entries whose message or metadata contain:</source>
        <translation>Highlight entries whose message or metadata contain:</translation>
    </message>
    <message>
        <source>There are %1 saved searches, as many as there can be.</source>
        <translation>There are %1 saved searches, as many as there can be.</translation>
    </message>
    <message>
        <source>Delete one of them first, or give this one the name of one that it replaces.</source>
        <translation>Delete one of them first, or give this one the name of one that it replaces.</translation>
    </message>
</context>
<context>
    <name>vigie::LogDetails</name>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Level</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id</translation>
    </message>
    <message>
        <source>Message and metadata</source>
        <translation>Message and metadata</translation>
    </message>
    <message>
        <source>Copy the entry as JSON</source>
        <translation>Copy the entry as JSON</translation>
    </message>
    <message>
        <source>Close the details</source>
        <translation>Close the details</translation>
    </message>
    <message>
        <source>Choose an entry to see all of it.</source>
        <translation>Choose an entry to see all of it.</translation>
    </message>
    <message>
        <source>From</source>
        <translation>From</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Back to the list (Esc)</source>
        <translation>Back to the list (Esc)</translation>
    </message>
    <message>
        <source>Show Trace</source>
        <translation>Show Trace</translation>
    </message>
    <message>
        <source>Show the spans and entries of this trace on the time axis</source>
        <translation>Show the spans and entries of this trace on the time axis</translation>
    </message>
</context>
<context>
    <name>vigie::LogFilters</name>
    <message>
        <source>All applications</source>
        <translation>All applications</translation>
    </message>
    <message>
        <source>Not a regular expression: %1</source>
        <translation>Not a regular expression: %1</translation>
    </message>
    <message>
        <source>Regular Expression</source>
        <translation>Regular Expression</translation>
    </message>
    <message>
        <source>Search by a regular expression</source>
        <translation>Search by a regular expression</translation>
    </message>
</context>
<context>
    <name>vigie::LogModel</name>
    <message>
        <source>%1, %2, %3, %4: %5</source>
        <comment>time, level, application, sender, message</comment>
        <translation>%1, %2, %3, %4: %5</translation>
    </message>
</context>
<context>
    <name>vigie::LogPanel</name>
    <message>
        <source>Log entries</source>
        <translation>Log entries</translation>
    </message>
    <message>
        <source>No entry passes the filters.</source>
        <translation>No entry passes the filters.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entry(ies)</source>
        <translation>
            <numerusform>%Ln entry</numerusform>
            <numerusform>%Ln entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln entry(ies)</source>
        <translation>
            <numerusform>%1 of %Ln entry</numerusform>
            <numerusform>%1 of %Ln entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entry(ies) skipped on screen (the history has them all)</source>
        <translation>
            <numerusform>%Ln entry skipped on screen (the history has it)</numerusform>
            <numerusform>%Ln entries skipped on screen (the history has them all)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new entry(ies)</source>
        <translation>
            <numerusform>%Ln new entry</numerusform>
            <numerusform>%Ln new entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entry(ies) skipped on screen</source>
        <translation>
            <numerusform>%Ln entry skipped on screen</numerusform>
            <numerusform>%Ln entries skipped on screen</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking for entries…</source>
        <translation>Looking for entries…</translation>
    </message>
    <message>
        <source>There are no entries.</source>
        <translation>There are no entries.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln stored entry(ies)</source>
        <translation>
            <numerusform>%1 of %Ln stored entry</numerusform>
            <numerusform>%1 of %Ln stored entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln stored entry(ies)</source>
        <translation>
            <numerusform>%Ln stored entry</numerusform>
            <numerusform>%Ln stored entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln found so far</source>
        <translation>
            <numerusform>%Ln found so far</numerusform>
            <numerusform>%Ln found so far</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, back to %2</source>
        <comment>120 found so far, back to 30 Nov, 09:00</comment>
        <translation>%1, back to %2</translation>
    </message>
    <message>
        <source>There are no entries in this stretch.</source>
        <translation>There are no entries in this stretch.</translation>
    </message>
    <message>
        <source>Reset Filters</source>
        <translation>Reset Filters</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln entry(ies) in this file</source>
        <translation>
            <numerusform>%1 of %Ln entry in this file</numerusform>
            <numerusform>%1 of %Ln entries in this file</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entry(ies) in this file</source>
        <translation>
            <numerusform>%Ln entry in this file</numerusform>
            <numerusform>%Ln entries in this file</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vigie::LogTextView</name>
    <message>
        <source>Show only entries with %1</source>
        <translation>Show only entries with %1</translation>
    </message>
    <message>
        <source>Filter For %1</source>
        <translation>Filter For %1</translation>
    </message>
    <message>
        <source>Filter Out %1</source>
        <translation>Filter Out %1</translation>
    </message>
</context>
<context>
    <name>vigie::MainWindow</name>
    <message>
        <source>About Vigie</source>
        <translation>About Vigie</translation>
    </message>
    <message>
        <source>&lt;b&gt;Vigie %1&lt;/b&gt;</source>
        <translation>&lt;b&gt;Vigie %1&lt;/b&gt;</translation>
    </message>
    <message>
        <source>Live charts of this machine, and the logs of your applications, shared with your colleagues.

Free software under the GNU General Public License, version 3 or later.</source>
        <translation>Live charts of this machine, and the logs of your applications, shared with your colleagues.

Free software under the GNU General Public License, version 3 or later.</translation>
    </message>
    <message>
        <source>How to Connect</source>
        <translation>How to Connect</translation>
    </message>
    <message>
        <source>Send the first entry</source>
        <translation>Send the first entry</translation>
    </message>
    <message>
        <source>Open Log Files</source>
        <translation>Open Log Files</translation>
    </message>
    <message>
        <source>Close the Window</source>
        <translation>Close the Window</translation>
    </message>
    <message>
        <source>Keep Vigie running in the tray?</source>
        <translation>Keep Vigie running in the tray?</translation>
    </message>
    <message>
        <source>It then goes on measuring and taking in logs. You can change this in the settings.</source>
        <translation>It then goes on measuring and taking in logs. You can change this in the settings.</translation>
    </message>
    <message>
        <source>Keep Running</source>
        <translation>Keep Running</translation>
    </message>
    <message>
        <source>Quit Vigie</source>
        <translation>Quit Vigie</translation>
    </message>
    <message>
        <source>The link to this view is copied.</source>
        <translation>The link to this view is copied.</translation>
    </message>
    <message>
        <source>Not understood in the link: %1</source>
        <translation>Not understood in the link: %1</translation>
    </message>
</context>
<context>
    <name>vigie::MemoryCard</name>
    <message>
        <source>Memory</source>
        <translation>Memory</translation>
    </message>
    <message>
        <source>This machine gives no memory figures.</source>
        <translation>This machine gives no memory figures.</translation>
    </message>
    <message>
        <source>swap</source>
        <translation>swap</translation>
    </message>
    <message>
        <source>used</source>
        <translation>used</translation>
    </message>
    <message>
        <source>%1, as allowed to Vigie</source>
        <comment>used of total, free</comment>
        <translation>%1, as allowed to Vigie</translation>
    </message>
    <message>
        <source>Memory used</source>
        <translation>Memory used</translation>
    </message>
    <message>
        <source>Swap used</source>
        <translation>Swap used</translation>
    </message>
</context>
<context>
    <name>vigie::MomentPanel</name>
    <message>
        <source>Processes</source>
        <translation>Processes</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Memory</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>Of one core: 200 % is two cores busy</source>
        <translation>Of one core: 200 % is two cores busy</translation>
    </message>
    <message>
        <source>No processes are stored of this moment.</source>
        <translation>No processes are stored of this moment.</translation>
    </message>
    <message>
        <source>Looking them up…</source>
        <translation>Looking them up…</translation>
    </message>
</context>
<context>
    <name>vigie::NetworkCard</name>
    <message>
        <source>Network</source>
        <translation>Network</translation>
    </message>
    <message>
        <source>This machine gives no network figures.</source>
        <translation>This machine gives no network figures.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln connection(s)</source>
        <translation>
            <numerusform>%Ln connection</numerusform>
            <numerusform>%Ln connections</numerusform>
        </translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Sent</translation>
    </message>
    <message>
        <source>received</source>
        <translation>received</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>sent</translation>
    </message>
</context>
<context>
    <name>vigie::NetworkSettings</name>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Applications and browsers connect to it. Those that are connected lose their connection when it changes.</source>
        <translation>Applications and browsers connect to it. Those that are connected lose their connection when it changes.</translation>
    </message>
</context>
<context>
    <name>vigie::NumberField</name>
    <message>
        <source>Enter a number from %1 to %2. Until then, %3 holds.</source>
        <translation>Enter a number from %1 to %2. Until then, %3 holds.</translation>
    </message>
</context>
<context>
    <name>vigie::SecretField</name>
    <message>
        <source>Copied</source>
        <translation>Copied</translation>
    </message>
</context>
<context>
    <name>vigie::Server</name>
    <message>
        <source>Port %1 is in use by another program.</source>
        <translation>Port %1 is in use by another program.</translation>
    </message>
    <message>
        <source>Cannot listen on %1, port %2: %3</source>
        <translation>Cannot listen on %1, port %2: %3</translation>
    </message>
    <message>
        <source>Port %1, where OpenTelemetry is sent to, is in use by another program.</source>
        <translation>Port %1, where OpenTelemetry is sent to, is in use by another program.</translation>
    </message>
    <message>
        <source>Port %1 cannot be had on the network: %2</source>
        <translation>Port %1 cannot be had on the network: %2</translation>
    </message>
    <message>
        <source>Vigie cannot be shared while it cannot be reached.</source>
        <translation>Vigie cannot be shared while it cannot be reached.</translation>
    </message>
    <message>
        <source>Vigie was started with --insecure, and cannot be shared safely as well.</source>
        <translation>Vigie was started with --insecure, and cannot be shared safely as well.</translation>
    </message>
</context>
<context>
    <name>vigie::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>General</source>
        <translation>General</translation>
    </message>
    <message>
        <source>Measuring and History</source>
        <translation>Measuring and History</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Network</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Limits</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Sources</translation>
    </message>
</context>
<context>
    <name>vigie::SettingsPage</name>
    <message>
        <source>Set by %1 for this run.</source>
        <translation>Set by %1 for this run.</translation>
    </message>
    <message>
        <source>Nothing is kept on disk: Vigie was started with --no-history.</source>
        <translation>Nothing is kept on disk: Vigie was started with --no-history.</translation>
    </message>
</context>
<context>
    <name>vigie::SetupPage</name>
    <message>
        <source>Copied</source>
        <translation>Copied</translation>
    </message>
    <message>
        <source>This machine, %1</source>
        <translation>This machine, %1</translation>
    </message>
    <message>
        <source>Another machine, %1</source>
        <translation>Another machine, %1</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>Entries can be sent as soon as the server listens.</source>
        <translation>Entries can be sent as soon as the server listens.</translation>
    </message>
    <message>
        <source>This cannot be the name of an application.</source>
        <translation>This cannot be the name of an application.</translation>
    </message>
    <message>
        <source>Put a token of the role Producer in place of TOKEN.</source>
        <translation>Put a token of the role Producer in place of TOKEN.</translation>
    </message>
    <message>
        <source>%1 is a copy of that file in Vigie&apos;s data folder.</source>
        <translation>%1 is a copy of that file in Vigie&apos;s data folder.</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>On</source>
        <translation>On</translation>
    </message>
    <message>
        <source>Where the entries come from</source>
        <translation>Where the entries come from</translation>
    </message>
    <message>
        <source>Ways to add a source</source>
        <translation>Ways to add a source</translation>
    </message>
    <message>
        <source>The line to copy</source>
        <translation>The line to copy</translation>
    </message>
    <message>
        <source>What Vigie Reads…</source>
        <translation>What Vigie Reads…</translation>
    </message>
    <message>
        <source>Files, the journal and containers, in the settings</source>
        <translation>Files, the journal and containers, in the settings</translation>
    </message>
</context>
<context>
    <name>vigie::ShareDialog</name>
    <message>
        <source>Share</source>
        <translation>Share</translation>
    </message>
    <message>
        <source>guest</source>
        <translation>guest</translation>
    </message>
    <message>
        <source>&amp;Logs of</source>
        <translation>&amp;Logs of</translation>
    </message>
    <message>
        <source>&amp;For</source>
        <translation>&amp;For</translation>
    </message>
    <message>
        <source>&amp;Valid for</source>
        <translation>&amp;Valid for</translation>
    </message>
    <message>
        <source>&amp;Make Link</source>
        <translation>&amp;Make Link</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>&amp;Copy Link</source>
        <translation>&amp;Copy Link</translation>
    </message>
    <message>
        <source>Copy &amp;Invitation</source>
        <translation>Copy &amp;Invitation</translation>
    </message>
    <message>
        <source>The link, and how to recognise this machine</source>
        <translation>The link, and how to recognise this machine</translation>
    </message>
    <message>
        <source>Vigie was started with --insecure: everybody who reaches it reads everything already. Start it without, and share by links.</source>
        <translation>Vigie was started with --insecure: everybody who reaches it reads everything already. Start it without, and share by links.</translation>
    </message>
    <message>
        <source>Vigie cannot be reached at the moment.</source>
        <translation>Vigie cannot be reached at the moment.</translation>
    </message>
    <message>
        <source>A link lets a colleague read one application&apos;s logs and this machine&apos;s figures in a browser, and nothing else.</source>
        <translation>A link lets a colleague read one application&apos;s logs and this machine&apos;s figures in a browser, and nothing else.</translation>
    </message>
    <message>
        <source>Valid until %1. It is shown only once.</source>
        <translation>Valid until %1. It is shown only once.</translation>
    </message>
    <message>
        <source>The link as a QR code</source>
        <translation>The link as a QR code</translation>
    </message>
    <message>
        <source>This machine has no address on a network. Connect it to one, and try again.</source>
        <translation>This machine has no address on a network. Connect it to one, and try again.</translation>
    </message>
    <message>
        <source>Vigie was started with --insecure: a link&apos;s token could be read on the way. Start it without, and share by links.</source>
        <translation>Vigie was started with --insecure: a link&apos;s token could be read on the way. Start it without, and share by links.</translation>
    </message>
    <message>
        <source>The browser may warn that it does not know this machine&apos;s certificate. It is the right one if its SHA-256 is:</source>
        <translation>The browser may warn that it does not know this machine&apos;s certificate. It is the right one if its SHA-256 is:</translation>
    </message>
    <message>
        <source>Read the logs of %1 here until %2:
%3
If your browser warns that it does not know the certificate: its SHA-256 must be
%4</source>
        <translation>Read the logs of %1 here until %2:
%3
If your browser warns that it does not know the certificate: its SHA-256 must be
%4</translation>
    </message>
    <message>
        <source>Read the logs of %1 here until %2:
%3</source>
        <translation>Read the logs of %1 here until %2:
%3</translation>
    </message>
    <message>
        <source>A link lets a colleague read one application&apos;s logs and this machine&apos;s figures in a browser, and nothing else. It goes by %1.</source>
        <translation>A link lets a colleague read one application&apos;s logs and this machine&apos;s figures in a browser, and nothing else. It goes by %1.</translation>
    </message>
    <message>
        <source>A link lets a colleague read one application&apos;s logs and this machine&apos;s figures in a browser, and nothing else. The first one makes Vigie listen on your network, over TLS only.</source>
        <translation>A link lets a colleague read one application&apos;s logs and this machine&apos;s figures in a browser, and nothing else. The first one makes Vigie listen on your network, over TLS only.</translation>
    </message>
</context>
<context>
    <name>vigie::Sharing</name>
    <message>
        <source>Vigie</source>
        <translation>Vigie</translation>
    </message>
    <message>
        <source>Someone is asking for access</source>
        <translation>Someone is asking for access</translation>
    </message>
    <message>
        <source>&amp;Share…</source>
        <translation>&amp;Share…</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Share</translation>
    </message>
    <message>
        <source>S&amp;top Sharing</source>
        <translation>S&amp;top Sharing</translation>
    </message>
    <message>
        <source>&amp;Clients</source>
        <translation>&amp;Clients</translation>
    </message>
    <message>
        <source>&amp;Tokens and Invitations</source>
        <translation>&amp;Tokens and Invitations</translation>
    </message>
    <message>
        <source>&amp;Audit</source>
        <translation>&amp;Audit</translation>
    </message>
    <message>
        <source>&amp;Let Colleagues Ask for Access</source>
        <translation>&amp;Let Colleagues Ask for Access</translation>
    </message>
    <message>
        <source>Name: %1</source>
        <translation>Name: %1</translation>
    </message>
    <message>
        <source>To read: %1</source>
        <translation>To read: %1</translation>
    </message>
    <message>
        <source>From: %1</source>
        <translation>From: %1</translation>
    </message>
    <message>
        <source>C&amp;ertificate…</source>
        <translation>C&amp;ertificate…</translation>
    </message>
</context>
<context>
    <name>vigie::ShortcutsDialog</name>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>Keyboard Shortcuts</translation>
    </message>
    <message>
        <source>Keys, outside text fields</source>
        <translation>Keys, outside text fields</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Space</translation>
    </message>
    <message>
        <source>Pause, or go on</source>
        <translation>Pause, or go on</translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>Back to now</translation>
    </message>
    <message>
        <source>Zoom in, zoom out</source>
        <translation>Zoom in, zoom out</translation>
    </message>
    <message>
        <source>A quarter of the stretch back, forward</source>
        <translation>A quarter of the stretch back, forward</translation>
    </message>
    <message>
        <source>Oldest entry, newest entry</source>
        <translation>Oldest entry, newest entry</translation>
    </message>
    <message>
        <source>G   Shift+G</source>
        <translation>G   Shift+G</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Details of the entry</source>
        <translation>Details of the entry</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Close what is open: details, then the moment</source>
        <translation>Close what is open: details, then the moment</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>This list</translation>
    </message>
    <message>
        <source>On a chart with the focus</source>
        <translation>On a chart with the focus</translation>
    </message>
    <message>
        <source>Move the crosshair; with Shift, by ten steps</source>
        <translation>Move the crosshair; with Shift, by ten steps</translation>
    </message>
    <message>
        <source>Pin the moment</source>
        <translation>Pin the moment</translation>
    </message>
    <message>
        <source>With the mouse, on charts and bars</source>
        <translation>With the mouse, on charts and bars</translation>
    </message>
    <message>
        <source>Drag</source>
        <translation>Drag</translation>
    </message>
    <message>
        <source>Zoom to that stretch</source>
        <translation>Zoom to that stretch</translation>
    </message>
    <message>
        <source>Shift-drag, middle-drag, horizontal wheel</source>
        <translation>Shift-drag, middle-drag, horizontal wheel</translation>
    </message>
    <message>
        <source>Move through time</source>
        <translation>Move through time</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Wheel</translation>
    </message>
    <message>
        <source>Zoom at the pointer</source>
        <translation>Zoom at the pointer</translation>
    </message>
    <message>
        <source>Double click</source>
        <translation>Double click</translation>
    </message>
    <message>
        <source>Back to the stretch before the last zoom</source>
        <translation>Back to the stretch before the last zoom</translation>
    </message>
    <message>
        <source>Click</source>
        <translation>Click</translation>
    </message>
    <message>
        <source>Pin the moment: the processes and the log of then</source>
        <translation>Pin the moment: the processes and the log of then</translation>
    </message>
    <message>
        <source>By touch, on charts and bars</source>
        <translation>By touch, on charts and bars</translation>
    </message>
    <message>
        <source>Two fingers</source>
        <translation>Two fingers</translation>
    </message>
    <message>
        <source>Pinch</source>
        <translation>Pinch</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>The sources</source>
        <translation>The sources</translation>
    </message>
    <message>
        <source>Shift+F9</source>
        <translation>Shift+F9</translation>
    </message>
    <message>
        <source>Add a source</source>
        <translation>Add a source</translation>
    </message>
</context>
<context>
    <name>vigie::SourceSettingsPage</name>
    <message>
        <source>Change…</source>
        <translation>Change…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>Log files that are watched</source>
        <translation>Log files that are watched</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Files</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Add…</translation>
    </message>
    <message>
        <source>systemd&apos;s journal</source>
        <translation>systemd&apos;s journal</translation>
    </message>
    <message>
        <source>Read the journal</source>
        <translation>Read the journal</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>Units</translation>
    </message>
    <message>
        <source>All</source>
        <translation>All</translation>
    </message>
    <message>
        <source>All, down to %1</source>
        <translation>All, down to %1</translation>
    </message>
    <message>
        <source>%1 and above</source>
        <translation>%1 and above</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Priority</translation>
    </message>
    <message>
        <source>Only of this boot</source>
        <translation>Only of this boot</translation>
    </message>
    <message>
        <source>Also what it holds already</source>
        <translation>Also what it holds already</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Containers</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Names</translation>
    </message>
    <message>
        <source>Sockets</source>
        <translation>Sockets</translation>
    </message>
    <message>
        <source>Those that are usual</source>
        <translation>Those that are usual</translation>
    </message>
    <message>
        <source>Found by looking</source>
        <translation>Found by looking</translation>
    </message>
    <message>
        <source>Also on port 4318</source>
        <translation>Also on port 4318</translation>
    </message>
    <message>
        <source>It is always taken on Vigie&apos;s own port; unless told otherwise, programs send it to port 4318.</source>
        <translation>It is always taken on Vigie&apos;s own port; unless told otherwise, programs send it to port 4318.</translation>
    </message>
    <message>
        <source>Read their logs</source>
        <translation>Read their logs</translation>
    </message>
    <message>
        <source>Those of Docker and Podman.</source>
        <translation>Those of Docker and Podman.</translation>
    </message>
</context>
<context>
    <name>vigie::Sources</name>
    <message>
        <source>S&amp;ources…</source>
        <translation>S&amp;ources…</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Sources</translation>
    </message>
    <message>
        <source>&amp;Add a Source…</source>
        <translation>&amp;Add a Source…</translation>
    </message>
    <message>
        <source>Something was refused or lost since you last looked: see the sources</source>
        <translation>Something was refused or lost since you last looked: see the sources</translation>
    </message>
    <message>
        <source>From where entries come, and how more do</source>
        <translation>From where entries come, and how more do</translation>
    </message>
</context>
<context>
    <name>vigie::SourcesDialog</name>
    <message>
        <source>Sources</source>
        <translation>Sources</translation>
    </message>
    <message>
        <source>Add a Source</source>
        <translation>Add a Source</translation>
    </message>
</context>
<context>
    <name>vigie::SourcesPage</name>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>%1 ago</translation>
    </message>
    <message>
        <source>None</source>
        <comment>lag</comment>
        <translation>None</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entry(s) since the start</source>
        <translation>
            <numerusform>%Ln entry since the start</numerusform>
            <numerusform>%Ln entries since the start</numerusform>
        </translation>
    </message>
    <message>
        <source>the last one %1</source>
        <translation>the last one %1</translation>
    </message>
    <message>
        <source>format: %1</source>
        <translation>format: %1</translation>
    </message>
    <message>
        <source>%1, last at %2</source>
        <translation>%1, last at %2</translation>
    </message>
    <message>
        <source>, for example: %1</source>
        <translation>, for example: %1</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Refused, lost, guessed</source>
        <translation>Refused, lost, guessed</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>Entries</translation>
    </message>
    <message>
        <source>Last entry</source>
        <translation>Last entry</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>Lag</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Sources</translation>
    </message>
    <message>
        <source>No entry has come yet, and nothing is watched.</source>
        <translation>No entry has come yet, and nothing is watched.</translation>
    </message>
    <message>
        <source>Show Its Log</source>
        <translation>Show Its Log</translation>
    </message>
    <message>
        <source>Correct Its Format…</source>
        <translation>Correct Its Format…</translation>
    </message>
    <message>
        <source>Add a Source…</source>
        <translation>Add a Source…</translation>
    </message>
    <message>
        <source>None since the start</source>
        <translation>None since the start</translation>
    </message>
</context>
<context>
    <name>vigie::Store</name>
    <message>
        <source>The data folder cannot be written: history is not kept.</source>
        <translation>The data folder cannot be written: history is not kept.</translation>
    </message>
    <message>
        <source>History is not kept: %1.</source>
        <translation>History is not kept: %1.</translation>
    </message>
    <message>
        <source>No space left in %1: history is not kept until there is room.</source>
        <translation>No space left in %1: history is not kept until there is room.</translation>
    </message>
</context>
<context>
    <name>vigie::TextFind</name>
    <message>
        <source>Not found</source>
        <translation>Not found</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>the first of three matches</comment>
        <translation>%1 of %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln match(es)</source>
        <translation>
            <numerusform>%Ln match</numerusform>
            <numerusform>%Ln matches</numerusform>
        </translation>
    </message>
    <message>
        <source>Search this entry</source>
        <translation>Search this entry</translation>
    </message>
    <message>
        <source>Previous match (Shift+Enter)</source>
        <translation>Previous match (Shift+Enter)</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Previous match</translation>
    </message>
    <message>
        <source>Next match (Enter)</source>
        <translation>Next match (Enter)</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Next match</translation>
    </message>
</context>
<context>
    <name>vigie::TimeDialog</name>
    <message>
        <source>Go to Time</source>
        <translation>Go to Time</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Time</translation>
    </message>
</context>
<context>
    <name>vigie::TokenDialog</name>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copy</translation>
    </message>
    <message>
        <source>Add Token</source>
        <translation>Add Token</translation>
    </message>
    <message>
        <source>Every application</source>
        <translation>Every application</translation>
    </message>
    <message>
        <source>Reads logs and figures.</source>
        <translation>Reads logs and figures.</translation>
    </message>
    <message>
        <source>Sends logs and figures, and reads nothing.</source>
        <translation>Sends logs and figures, and reads nothing.</translation>
    </message>
    <message>
        <source>Reads, sends, deletes stored entries and sends commands.</source>
        <translation>Reads, sends, deletes stored entries and sends commands.</translation>
    </message>
    <message>
        <source>May do everything.</source>
        <translation>May do everything.</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>&amp;User</translation>
    </message>
    <message>
        <source>&amp;Application</source>
        <translation>&amp;Application</translation>
    </message>
    <message>
        <source>&amp;Role</source>
        <translation>&amp;Role</translation>
    </message>
    <message>
        <source>&amp;Valid for</source>
        <translation>&amp;Valid for</translation>
    </message>
    <message>
        <source>&amp;Make Token</source>
        <translation>&amp;Make Token</translation>
    </message>
    <message>
        <source>This is the token. It is shown only once. Whoever has it can use it, so keep it safe.</source>
        <translation>This is the token. It is shown only once. Whoever has it can use it, so keep it safe.</translation>
    </message>
    <message>
        <source>Which application is it for?</source>
        <translation>Which application is it for?</translation>
    </message>
</context>
<context>
    <name>vigie::TokensPage</name>
    <message>
        <source>Revoked %1</source>
        <translation>Revoked %1</translation>
    </message>
    <message>
        <source>Expired %1</source>
        <translation>Expired %1</translation>
    </message>
    <message>
        <source>Until revoked</source>
        <translation>Until revoked</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Never</translation>
    </message>
    <message>
        <source>User</source>
        <translation>User</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Added</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Last used</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Valid until</translation>
    </message>
    <message>
        <source>Tokens and invitations</source>
        <translation>Tokens and invitations</translation>
    </message>
    <message>
        <source>&amp;Add Token…</source>
        <translation>&amp;Add Token…</translation>
    </message>
    <message>
        <source>Show expired and revoked</source>
        <translation>Show expired and revoked</translation>
    </message>
    <message>
        <source>There are no tokens or invitations.</source>
        <translation>There are no tokens or invitations.</translation>
    </message>
    <message>
        <source>Revoke: %1, %2</source>
        <translation>Revoke: %1, %2</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>Revoke</translation>
    </message>
    <message>
        <source>It stops working at once, and whoever is connected with it is disconnected</source>
        <translation>It stops working at once, and whoever is connected with it is disconnected</translation>
    </message>
</context>
<context>
    <name>vigie::TraceDialog</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>What called it is not there.</source>
        <translation>What called it is not there.</translation>
    </message>
    <message>
        <source>It lies partly outside what called it.</source>
        <translation>It lies partly outside what called it.</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Searching…</translation>
    </message>
    <message>
        <source>Nothing of this trace is stored.</source>
        <translation>Nothing of this trace is stored.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln span(s)</source>
        <translation>
            <numerusform>%Ln span</numerusform>
            <numerusform>%Ln spans</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln other entry(s)</source>
        <translation>
            <numerusform>%Ln other entry</numerusform>
            <numerusform>%Ln other entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln application(s)</source>
        <translation>
            <numerusform>%Ln application</numerusform>
            <numerusform>%Ln applications</numerusform>
        </translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>from %1</translation>
    </message>
    <message>
        <source>There are more entries than are shown here.</source>
        <translation>There are more entries than are shown here.</translation>
    </message>
    <message numerus="yes">
        <source>Of %Ln, what called it is not there.</source>
        <translation>
            <numerusform>Of %Ln, what called it is not there.</numerusform>
            <numerusform>Of %Ln, what called it is not there.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln span(s) lie partly outside what called them: they outlive it, or the machines&apos; clocks differ.</source>
        <translation>
            <numerusform>%Ln span lies partly outside what called it: it outlives that, or the machines&apos; clocks differ.</numerusform>
            <numerusform>%Ln spans lie partly outside what called them: they outlive it, or the machines&apos; clocks differ.</numerusform>
        </translation>
    </message>
    <message>
        <source>Trace %1</source>
        <translation>Trace %1</translation>
    </message>
    <message>
        <source>Span, entry</source>
        <translation>Span, entry</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Duration</translation>
    </message>
    <message>
        <source>Search Again</source>
        <translation>Search Again</translation>
    </message>
</context>
<context>
    <name>vigie::TrayIcon</name>
    <message>
        <source>&amp;Open Vigie</source>
        <translation>&amp;Open Vigie</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quit</translation>
    </message>
</context>
<context>
    <name>vigie::ValidityBox</name>
    <message>
        <source>1 hour</source>
        <translation>1 hour</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 day</translation>
    </message>
    <message>
        <source>1 week</source>
        <translation>1 week</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 days</translation>
    </message>
    <message>
        <source>Until revoked</source>
        <translation>Until revoked</translation>
    </message>
</context>
<context>
    <name>vigie::WatchedFilesDialog</name>
    <message>
        <source>Browse…</source>
        <translation>Browse…</translation>
    </message>
    <message>
        <source>Also what lies there already</source>
        <translation>Also what lies there already</translation>
    </message>
    <message>
        <source>Watch Log Files</source>
        <translation>Watch Log Files</translation>
    </message>
    <message>
        <source>Watched Log Files</source>
        <translation>Watched Log Files</translation>
    </message>
    <message>
        <source>Found by looking</source>
        <translation>Found by looking</translation>
    </message>
    <message>
        <source>This machine&apos;s</source>
        <translation>This machine&apos;s</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Files</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Time zone of times without one</source>
        <translation>Time zone of times without one</translation>
    </message>
</context>
</TS>
