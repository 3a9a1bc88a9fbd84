<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>tz::BoardColumn</name>
    <message numerus="yes">
        <source>idle for %Ln day(s)</source>
        <translation>
            <numerusform>idle for %Ln day</numerusform>
            <numerusform>idle for %Ln days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tz::BulkEdit</name>
    <message numerus="yes">
        <source>%Ln record(s) changed</source>
        <translation>
            <numerusform>%Ln record changed</numerusform>
            <numerusform>%Ln records changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) were left as they are:</source>
        <translation>
            <numerusform>%Ln record was left as it is:</numerusform>
            <numerusform>%Ln records were left as they are:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Changing %Ln record(s)…</source>
        <translation>
            <numerusform>Changing %Ln record…</numerusform>
            <numerusform>Changing %Ln records…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change %Ln record(s)</source>
        <translation>
            <numerusform>Change %Ln record</numerusform>
            <numerusform>Change %Ln records</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tz::ImportPage</name>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln would be new</source>
        <translation>
            <numerusform>%Ln would be new</numerusform>
            <numerusform>%Ln would be new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln would change</source>
        <translation>
            <numerusform>%Ln would change</numerusform>
            <numerusform>%Ln would change</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln would not be taken</source>
        <translation>
            <numerusform>%Ln would not be taken</numerusform>
            <numerusform>%Ln would not be taken</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new</source>
        <translation>
            <numerusform>%Ln new</numerusform>
            <numerusform>%Ln new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed</source>
        <translation>
            <numerusform>%Ln changed</numerusform>
            <numerusform>%Ln changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unchanged</source>
        <translation>
            <numerusform>%Ln unchanged</numerusform>
            <numerusform>%Ln unchanged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not taken</source>
        <translation>
            <numerusform>%Ln not taken</numerusform>
            <numerusform>%Ln not taken</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Undone, except for %Ln record(s) that somebody has changed since.</source>
        <translation>
            <numerusform>Undone, except for %Ln record that somebody has changed since.</numerusform>
            <numerusform>Undone, except for %Ln records that somebody has changed since.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tz::RecordList</name>
    <message numerus="yes">
        <source>Move %Ln record(s) to the recycle bin?</source>
        <translation>
            <numerusform>Move %Ln record to the recycle bin?</numerusform>
            <numerusform>Move %Ln records to the recycle bin?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) copied</source>
        <translation>
            <numerusform>%Ln row copied</numerusform>
            <numerusform>%Ln rows copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) written to %1</source>
        <translation>
            <numerusform>%Ln record written to %1</numerusform>
            <numerusform>%Ln records written to %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tz::TotalsBar</name>
    <message numerus="yes">
        <source>%Ln record(s)</source>
        <translation>
            <numerusform>%Ln record</numerusform>
            <numerusform>%Ln records</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tz::formatting</name>
    <message numerus="yes">
        <source>in %Ln day(s)</source>
        <translation>
            <numerusform>in %Ln day</numerusform>
            <numerusform>in %Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) ago</source>
        <translation>
            <numerusform>%Ln day ago</numerusform>
            <numerusform>%Ln days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln minute(s) ago</source>
        <translation>
            <numerusform>%Ln minute ago</numerusform>
            <numerusform>%Ln minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hour(s) ago</source>
        <translation>
            <numerusform>%Ln hour ago</numerusform>
            <numerusform>%Ln hours ago</numerusform>
        </translation>
    </message>
</context>
</TS>
