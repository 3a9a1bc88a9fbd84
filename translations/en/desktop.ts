<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>tz::FirstRunPage</name>
    <message numerus="yes">
        <source>%n change(s) wait on this computer. They are kept and sent once you are signed in.</source>
        <translation>
            <numerusform>%n change waits on this computer. It is kept and sent once you are signed in.</numerusform>
            <numerusform>%n changes wait on this computer. They are kept and sent once you are signed in.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tz::MainWindow</name>
    <message numerus="yes">
        <source>Taken back, except for %n change(s) that somebody has worked on since</source>
        <translation>
            <numerusform>Taken back, except for %n change that somebody has worked on since</numerusform>
            <numerusform>Taken back, except for %n changes that somebody has worked on since</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) have not reached the server yet. They stay on this computer and are sent when you sign in again.</source>
        <translation>
            <numerusform>%n change has not reached the server yet. It stays on this computer and is sent when you sign in again.</numerusform>
            <numerusform>%n changes have not reached the server yet. They stay on this computer and are sent when you sign in again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s) of the last time are open again</source>
        <translation>
            <numerusform>%n draft of the last time is open again</numerusform>
            <numerusform>%n drafts of the last time are open again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) wait on this computer and are sent as soon as you sign in again; nothing is lost.</source>
        <translation>
            <numerusform>%n change waits on this computer and is sent as soon as you sign in again; nothing is lost.</numerusform>
            <numerusform>%n changes wait on this computer and are sent as soon as you sign in again; nothing is lost.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tz::Shell</name>
    <message numerus="yes">
        <source>Taken back, except for %n change(s) that somebody has worked on since</source>
        <translation>
            <numerusform>Taken back, except for %n change that somebody has worked on since</numerusform>
            <numerusform>Taken back, except for %n changes that somebody has worked on since</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tz::SyncCentre</name>
    <message numerus="yes">
        <source>%1, and %n more change(s)</source>
        <translation>
            <numerusform>%1, and %n more change</numerusform>
            <numerusform>%1, and %n more changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Waiting for the server (%n)</source>
        <translation>
            <numerusform>Waiting for the server (%n)</numerusform>
            <numerusform>Waiting for the server (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Somebody else changed this too (%n)</source>
        <translation>
            <numerusform>Somebody else changed this too (%n)</numerusform>
            <numerusform>Somebody else changed this too (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not accepted by the server (%n)</source>
        <translation>
            <numerusform>Not accepted by the server (%n)</numerusform>
            <numerusform>Not accepted by the server (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Everything that you do is kept here. Next attempt in %n second(s).</source>
        <translation>
            <numerusform>Everything that you do is kept here. Next attempt in %n second.</numerusform>
            <numerusform>Everything that you do is kept here. Next attempt in %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tz::SyncText</name>
    <message numerus="yes">
        <source>%n change(s) waiting</source>
        <translation>
            <numerusform>%n change waiting</numerusform>
            <numerusform>%n changes waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n need(s) your attention</source>
        <translation>
            <numerusform>%n needs your attention</numerusform>
            <numerusform>%n need your attention</numerusform>
        </translation>
    </message>
</context>
</TS>
