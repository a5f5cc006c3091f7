import{a}from"./chunk-GVYH3I3Y.js";import"./chunk-XZ74U7KY.js";import"./chunk-JMR4ZJSK.js";export{a as Relations};
