import{a}from"./chunk-T4LGKUIW.js";import"./chunk-CWWJJTIE.js";import"./chunk-35L5PTPE.js";import"./chunk-WOT6VMZA.js";export{a as archiveFailed};
