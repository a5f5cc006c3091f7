import{a}from"./chunk-ESU73KYQ.js";import"./chunk-CWWJJTIE.js";import"./chunk-ZD54PYGX.js";export{a as archiveFailed};
