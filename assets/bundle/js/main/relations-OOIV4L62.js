import{a}from"./chunk-FZK5FQIQ.js";import"./chunk-S4SQJXB5.js";import"./chunk-JUQIVQKA.js";export{a as Relations};
