<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>tz::AuditSection</name>
    <message numerus="yes">
        <source>%Ln entry(ies)</source>
        <translation>
            <numerusform>%Ln entry</numerusform>
            <numerusform>%Ln entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The newest %Ln entry(ies)</source>
        <translation>
            <numerusform>The newest %Ln entry</numerusform>
            <numerusform>The newest %Ln entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entry(ies) written…</source>
        <translation>
            <numerusform>%Ln entry written…</numerusform>
            <numerusform>%Ln entries written…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entry(ies) written to %1</source>
        <translation>
            <numerusform>%Ln entry written to %1</numerusform>
            <numerusform>%Ln entries written to %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tz::DevicesSection</name>
    <message numerus="yes">
        <source>Erased %1; %Ln unsent change(s) were lost.</source>
        <translation>
            <numerusform>Erased %1; %Ln unsent change was lost.</numerusform>
            <numerusform>Erased %1; %Ln unsent changes were lost.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s) that it had not sent will not arrive any more.</source>
        <translation>
            <numerusform>%Ln change that it had not sent will not arrive any more.</numerusform>
            <numerusform>%Ln changes that it had not sent will not arrive any more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 had %Ln change(s) that it had not sent when it was here last. They are lost with its copy.</source>
        <translation>
            <numerusform>%1 had %Ln change that it had not sent when it was here last. It is lost with the copy.</numerusform>
            <numerusform>%1 had %Ln changes that it had not sent when it was here last. They are lost with its copy.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Discard %Ln change(s) and erase</source>
        <translation>
            <numerusform>Discard %Ln change and erase</numerusform>
            <numerusform>Discard %Ln changes and erase</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tz::FirstRunPage</name>
    <message numerus="yes">
        <source>%Ln change(s) wait on this computer. They are kept and sent once you are signed in.</source>
        <translation>
            <numerusform>%Ln change waits on this computer. It is kept and sent once you are signed in.</numerusform>
            <numerusform>%Ln changes wait on this computer. They are kept and sent once you are signed in.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tz::IntegrityCard</name>
    <message numerus="yes">
        <source>%1: the same %Ln record(s) here and there.</source>
        <translation>
            <numerusform>%1: the same %Ln record here and there.</numerusform>
            <numerusform>%1: the same %Ln records here and there.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The server was restored from a backup and knows nothing of %Ln record(s) here. They stay until you set them aside, or until the computers of their authors bring them back.</source>
        <translation>
            <numerusform>The server was restored from a backup and knows nothing of %Ln record here. It stays until you set it aside, or until the computer of its author brings it back.</numerusform>
            <numerusform>The server was restored from a backup and knows nothing of %Ln records here. They stay until you set them aside, or until the computers of their authors bring them back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) are taken out of sight here and kept for 45 days. Whatever an author&apos;s computer brings back comes back here too; your administrator can bring back the rest. Wait instead if not everybody has synced since the server was restored.</source>
        <translation>
            <numerusform>%Ln record is taken out of sight here and kept for 45 days. Whatever an author&apos;s computer brings back comes back here too; your administrator can bring back the rest. Wait instead if not everybody has synced since the server was restored.</numerusform>
            <numerusform>%Ln records are taken out of sight here and kept for 45 days. Whatever an author&apos;s computer brings back comes back here too; your administrator can bring back the rest. Wait instead if not everybody has synced since the server was restored.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tz::MainWindow</name>
    <message numerus="yes">
        <source>Taken back, except for %Ln change(s) that somebody has worked on since</source>
        <translation>
            <numerusform>Taken back, except for %Ln change that somebody has worked on since</numerusform>
            <numerusform>Taken back, except for %Ln changes that somebody has worked on since</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s) have not reached the server yet. They stay on this computer and are sent when you sign in again.</source>
        <translation>
            <numerusform>%Ln change has not reached the server yet. It stays on this computer and is sent when you sign in again.</numerusform>
            <numerusform>%Ln changes have not reached the server yet. They stay on this computer and are sent when you sign in again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln draft(s) of the last time are open again</source>
        <translation>
            <numerusform>%Ln draft of the last time is open again</numerusform>
            <numerusform>%Ln drafts of the last time are open again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s) wait on this computer and are sent as soon as you sign in again; nothing is lost.</source>
        <translation>
            <numerusform>%Ln change waits on this computer and is sent as soon as you sign in again; nothing is lost.</numerusform>
            <numerusform>%Ln changes wait on this computer and are sent as soon as you sign in again; nothing is lost.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tz::RolesSection</name>
    <message numerus="yes">
        <source>%Ln active user(s) lose what only this role gives them; their copies lose what they may not see any more.</source>
        <translation>
            <numerusform>%Ln active user loses what only this role gives them; their copies lose what they may not see any more.</numerusform>
            <numerusform>%Ln active users lose what only this role gives them; their copies lose what they may not see any more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tz::ServerSection</name>
    <message numerus="yes">
        <source>valid until %1 (%Ln day(s))</source>
        <translation>
            <numerusform>valid until %1 (%Ln day)</numerusform>
            <numerusform>valid until %1 (%Ln days)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tz::Shell</name>
    <message numerus="yes">
        <source>Taken back, except for %Ln change(s) that somebody has worked on since</source>
        <translation>
            <numerusform>Taken back, except for %Ln change that somebody has worked on since</numerusform>
            <numerusform>Taken back, except for %Ln changes that somebody has worked on since</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tz::SyncCentre</name>
    <message numerus="yes">
        <source>%1, and %Ln more change(s)</source>
        <translation>
            <numerusform>%1, and %Ln more change</numerusform>
            <numerusform>%1, and %Ln more changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Waiting for the server (%Ln)</source>
        <translation>
            <numerusform>Waiting for the server (%Ln)</numerusform>
            <numerusform>Waiting for the server (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Somebody else changed this too (%Ln)</source>
        <translation>
            <numerusform>Somebody else changed this too (%Ln)</numerusform>
            <numerusform>Somebody else changed this too (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not accepted by the server (%Ln)</source>
        <translation>
            <numerusform>Not accepted by the server (%Ln)</numerusform>
            <numerusform>Not accepted by the server (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Everything that you do is kept here. Next attempt in %Ln second(s).</source>
        <translation>
            <numerusform>Everything that you do is kept here. Next attempt in %Ln second.</numerusform>
            <numerusform>Everything that you do is kept here. Next attempt in %Ln seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tz::SyncText</name>
    <message numerus="yes">
        <source>%Ln change(s) waiting</source>
        <translation>
            <numerusform>%Ln change waiting</numerusform>
            <numerusform>%Ln changes waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln need(s) your attention</source>
        <translation>
            <numerusform>%Ln needs your attention</numerusform>
            <numerusform>%Ln need your attention</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tz::TeamsSection</name>
    <message numerus="yes">
        <source>%Ln member(s) are then in no team, and see only their own records where their roles say “team”. Records of the team stay, without it.</source>
        <translation>
            <numerusform>%Ln member is then in no team, and sees only their own records where their roles say “team”. Records of the team stay, without it.</numerusform>
            <numerusform>%Ln members are then in no team, and see only their own records where their roles say “team”. Records of the team stay, without it.</numerusform>
        </translation>
    </message>
</context>
</TS>
