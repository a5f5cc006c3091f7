import{a}from"./chunk-UDZ45D2V.js";import"./chunk-CWWJJTIE.js";import"./chunk-3TX4FHM7.js";import"./chunk-WOT6VMZA.js";export{a as archiveFailed};
