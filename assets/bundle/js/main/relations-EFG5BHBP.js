import{a}from"./chunk-4OKNASMX.js";import"./chunk-AV7UNKA6.js";import"./chunk-GPZMCQ5G.js";export{a as Relations};
